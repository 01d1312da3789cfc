import type { Cell } from './plan.ts';

/** A replicate that could not be simulated; the message holds the address that replays it. */
export class SimulationError extends Error {
  constructor(cell: Cell, replicate: number, what: string) {
    super(`cell ${cell.index}, pair ${replicate} (seed ${cell.seed}, ${cell.coupling}): ${what}`);
    this.name = 'SimulationError';
  }
}
