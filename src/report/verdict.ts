import type { CellResult } from '../engine/cell-result.ts';
import { type OrderGuarantee, orderGuarantee } from '../process/order-guarantee.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { significantZ } from '../results/sweep-tally.ts';
import { formatCount, formatEstimate, formatSignificant } from './format-number.ts';

/** One sentence on the means: whether the more popular item ends longer. */
export function meanVerdict({ norm }: CellResult): { readonly isGood: boolean | null; readonly text: string } {
  const { mean, standardError } = norm.difference;
  if (standardError === null)
    return { isGood: null, text: 'one pair has no standard error: nothing can be said about the means' };
  const relative = formatSignificant((100 * mean) / norm.lower.mean, 3);
  const measured = `E‖q″‖ − E‖q′‖ = ${formatEstimate(mean, standardError)} ± ${formatSignificant(standardError, 2)}, ${relative} %`;
  if (Math.abs(mean) <= significantZ * standardError) {
    return { isGood: null, text: `no difference to be seen between the two mean norms: ${measured}` };
  }
  return mean > 0
    ? { isGood: true, text: `the more popular item ends longer on average: ${measured}` }
    : { isGood: false, text: `the more popular item ends SHORTER on average: ${measured}` };
}

/** What guarantees the order of a cell before it is run: nothing, where its two runs share no draw. */
export function guaranteeOf({ parameters, coupling }: Guaranteed): OrderGuarantee | null {
  return coupling === 'independent' ? null : orderGuarantee(parameters);
}

type Guaranteed = Pick<CellResult, 'coupling'> & { readonly parameters: PairParameters };

/**
 * One sentence on the order s″ ≥ s′, which was checked after every step of every pair.
 *
 * @param guarantee for who asks again and again: a search for one can cost as much as a replicate
 */
export function orderVerdict(result: CellResult, guarantee = guaranteeOf(result)): { isGood: boolean; text: string } {
  const { order } = result;
  const pairs = formatCount(order.pairs);
  if (order.pairsViolatedAtSomeStep === 0) {
    const because = guarantee === null ? 'though no claim says it must be' : `as ${guarantee.claim} says it must be`;
    return {
      isGood: true,
      text: `order s″ ≥ s′ kept after every step of ${order.pairs === 1 ? 'the one pair' : `all ${pairs} pairs`}, ${because}`,
    };
  }
  const share = formatSignificant((100 * order.pairsViolatedAtSomeStep) / order.pairs, 3);
  const { newViolations, newViolationsPredicted, firstViolation, pairsViolatedAtEnd } = order;
  const predicted =
    newViolationsPredicted === null
      ? 'no sharp criterion is known here'
      : newViolationsPredicted === newViolations
        ? 'each one predicted by the sharp criterion'
        : `but the sharp criterion predicted ${formatCount(newViolationsPredicted)}`;
  return {
    isGood: false,
    text:
      `order s″ ≥ s′ violated at some step in ${share} % of ${pairs} pairs, at the end in ` +
      `${formatCount(pairsViolatedAtEnd)}; ${formatCount(newViolations)} new violations, ${predicted}; ` +
      `first: pair ${firstViolation?.replicate}, step ${firstViolation?.step}`,
  };
}
