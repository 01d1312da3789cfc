/**
 * How the order s″ ≥ s′ fared, counted over the pairs of a cell.
 *
 * A new violation is a step after which s″ < s′ though s″ ≥ s′ before it. Differences within rounding
 * (`roundingMargin`) count as equal.
 */
export interface OrderCounts {
  readonly pairs: number;
  readonly pairsViolatedAtSomeStep: number;
  readonly pairsViolatedAtEnd: number;
  /** Steps after which s″ < s′, summed over the pairs. */
  readonly violatedPairSteps: number;
  readonly newViolations: number;
  /** Steps at which the sharp criterion (A1, A2) says the order breaks; null where no criterion is known. */
  readonly newViolationsPredicted: number | null;
  /** Pairs that end with s″ = s′. */
  readonly ties: number;
  /** The first violated pair, by replicate number, and the step of its first violation. */
  readonly firstViolation: { readonly replicate: number; readonly step: number } | null;
}

export const noOrderCounts: OrderCounts = {
  pairs: 0,
  pairsViolatedAtSomeStep: 0,
  pairsViolatedAtEnd: 0,
  violatedPairSteps: 0,
  newViolations: 0,
  newViolationsPredicted: 0,
  ties: 0,
  firstViolation: null,
};

export function mergeOrderCounts(a: OrderCounts, b: OrderCounts): OrderCounts {
  const [predictedA, predictedB] = [a.newViolationsPredicted, b.newViolationsPredicted];
  return {
    pairs: a.pairs + b.pairs,
    pairsViolatedAtSomeStep: a.pairsViolatedAtSomeStep + b.pairsViolatedAtSomeStep,
    pairsViolatedAtEnd: a.pairsViolatedAtEnd + b.pairsViolatedAtEnd,
    violatedPairSteps: a.violatedPairSteps + b.violatedPairSteps,
    newViolations: a.newViolations + b.newViolations,
    newViolationsPredicted: predictedA === null || predictedB === null ? null : predictedA + predictedB,
    ties: a.ties + b.ties,
    firstViolation: earlier(a.firstViolation, b.firstViolation),
  };
}

function earlier(a: OrderCounts['firstViolation'], b: OrderCounts['firstViolation']): OrderCounts['firstViolation'] {
  if (a === null || b === null) return a ?? b;
  return a.replicate <= b.replicate ? a : b;
}
