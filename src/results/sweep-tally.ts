import type { CellResult } from '../engine/cell-result.ts';

/** Two-sided, at 1 in 10⁶: below this a difference is not called one. */
export const significantZ = 4.9;

/** What many cells come to: of how many something is true. */
export interface SweepTally {
  readonly cells: number;
  /** Where the more popular item ends shorter on average. */
  readonly reversed: number;
  /** Where the order is violated in some pairs. */
  readonly violated: number;
  /** With a stopping rule, and where it was not reached. */
  readonly stopping: number;
  readonly stoppingMissed: number;
}

export const emptyTally: SweepTally = { cells: 0, reversed: 0, violated: 0, stopping: 0, stoppingMissed: 0 };

export function countCell(tally: SweepTally, { norm, order, stopping }: CellResult): SweepTally {
  const { mean, standardError } = norm.difference;
  const isReversed = standardError !== null && mean < -significantZ * standardError;
  return {
    cells: tally.cells + 1,
    reversed: tally.reversed + Number(isReversed),
    violated: tally.violated + Number(order.pairsViolatedAtSomeStep > 0),
    stopping: tally.stopping + Number(stopping !== null),
    stoppingMissed: tally.stoppingMissed + Number(stopping !== null && !stopping.isReached),
  };
}
