import type { Cell } from './plan.ts';

/** A replicate that could not be simulated; the message holds the address that replays it. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
  /** The replicate's number in its cell. */
  readonly replicate: number;

  constructor(message: string, replicate: number) {
    super(message);
    this.replicate = replicate;
  }
}

export function pairFailure(cell: Cell, replicate: number, what: string): SimulationError {
  const address = `cell ${cell.index}, pair ${replicate} (seed ${cell.seed}, ${cell.coupling})`;
  return new SimulationError(`${address}: ${what}`, replicate);
}
