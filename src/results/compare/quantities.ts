import { differenceEstimate, type Estimate, meanEstimate } from '../../statistics/pair-estimates.ts';
import type { Block } from './compared-run.ts';
import type { SummaryCell } from './match-cells.ts';

/** A quantity that is compared. */
interface ComparedQuantity {
  /** As in the long table. */
  readonly name: string;
  /** Of some replicates, with the standard error of one run alone. */
  of(block: Block): Estimate;
  /** What is known exactly of a cell; null where nothing is. */
  exact(cell: SummaryCell): number | null;
}

export const comparedQuantities: readonly ComparedQuantity[] = [
  {
    name: 'norm.lower.mean',
    of: ({ norm }) => meanEstimate(norm, 0),
    exact: ({ norm }) => norm.lower.exact,
  },
  {
    name: 'norm.upper.mean',
    of: ({ norm }) => meanEstimate(norm, 1),
    exact: ({ norm }) => norm.upper.exact,
  },
  {
    name: 'norm.difference.mean',
    of: ({ norm }) => differenceEstimate(norm),
    exact: ({ norm }) => norm.difference.exact,
  },
  {
    name: 'order.shareViolatedAtSomeStep',
    of: ({ order }) => shareEstimate(order.pairsViolatedAtSomeStep, order.pairs),
    exact: () => null,
  },
];

/** What the summary of a cell says of each of them, in their order. */
export function summaryEstimates({ norm, order }: SummaryCell): Estimate[] {
  const { lower, upper, difference } = norm;
  const means = [lower, upper, difference].map(({ mean, standardError }) => ({ estimate: mean, standardError }));
  return [...means, shareEstimate(order.pairsViolatedAtSomeStep, order.pairs)];
}

function shareEstimate(violated: number, pairs: number): Estimate {
  const share = violated / pairs;
  return { estimate: share, standardError: pairs < 2 ? null : Math.sqrt((share * (1 - share)) / (pairs - 1)) };
}
