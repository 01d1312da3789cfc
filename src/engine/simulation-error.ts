import type { Cell } from './plan.ts';

/** A replicate that could not be simulated; the message holds the address that replays it. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

export function pairFailure(cell: Cell, replicate: number, what: string): SimulationError {
  return new SimulationError(`cell ${cell.index}, pair ${replicate} (seed ${cell.seed}, ${cell.coupling}): ${what}`);
}
