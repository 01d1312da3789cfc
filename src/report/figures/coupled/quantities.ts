import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { shareInterval } from '../../../statistics/share-interval.ts';

/** A number of a cell that a figure of a sweep can show. */
export interface Quantity {
  readonly name: string;
  /** Null where the cell has none. */
  of(cell: ReportedCell): number | null;
  /** The interval that is drawn around it; null where there is none. */
  interval(cell: ReportedCell): readonly [low: number, high: number] | null;
  exact(cell: ReportedCell): number | null;
}

const quantities: readonly Quantity[] = [
  {
    name: 'E‖q″‖ − E‖q′‖',
    of: ({ norm }) => norm.difference.mean,
    interval: ({ norm: { difference } }) => around(difference.mean, difference.standardError),
    exact: ({ norm }) => norm.difference.exact,
  },
  {
    name: 'E‖q″‖ − E‖q′‖, % of E‖q′‖',
    of: ({ norm }) => (100 * norm.difference.mean) / norm.lower.mean,
    interval: () => null,
    exact: ({ norm: { difference, lower } }) => {
      return difference.exact === null || lower.exact === null ? null : (100 * difference.exact) / lower.exact;
    },
  },
  {
    name: 'pairs out of order at some step, %',
    of: ({ order }) => (100 * order.pairsViolatedAtSomeStep) / order.pairs,
    interval: ({ order }) => {
      const { low, high } = shareInterval(order.pairsViolatedAtSomeStep, order.pairs);
      return [100 * low, 100 * high];
    },
    exact: () => null,
  },
  {
    name: 'variance reduction for ‖q‖',
    of: ({ varianceReduction }) => varianceReduction.norm.estimate,
    interval: ({ varianceReduction: { norm } }) => around(norm.estimate, norm.standardError),
    exact: ({ varianceReduction }) => varianceReduction.norm.exact,
  },
  {
    name: 'z-score of the difference against the exact one',
    of: ({ norm }) => norm.difference.zScore,
    interval: () => null,
    exact: () => null,
  },
];

/** Two standard errors to either side. */
function around(estimate: number | null, standardError: number | null): [low: number, high: number] | null {
  if (estimate === null || standardError === null) return null;
  return [estimate - 2 * standardError, estimate + 2 * standardError];
}

/** Those of the quantities that some cell has. */
export function quantitiesOf(cells: readonly ReportedCell[]): Quantity[] {
  return quantities.filter(({ of }) => cells.some((cell) => of(cell) !== null));
}
