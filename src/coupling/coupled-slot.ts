import type { PairParameters } from '../process/pair-parameters.ts';

/** What one slot of the two coupled batches holds. */
export interface CoupledSlot {
  readonly isInLower: boolean;
  readonly isInUpper: boolean;
}

/**
 * One slot of both batches from one uniform: U < p puts the item in. Strictly less, because U can be 0 and never 1: so
 * p = 0 never lets the item in and p = 1 always does. Exact to the 2⁻⁵³ of the uniform.
 */
export function drawCoupledSlot(popularity: PairParameters['popularity'], uniform: () => number): CoupledSlot {
  const u = uniform();
  return { isInLower: u < popularity.lower, isInUpper: u < popularity.upper };
}

/**
 * The items in one slot of both batches. Where a run does not hold item i, both that lack it hold the same Z from the
 * other items, so that P(X = i) = p and P(X = k) = (1 − p) r_k.
 *
 * @param item what stands for item i
 * @param drawOther draws Z ~ Cat(r), from a stream of its own; called once a slot whether or not Z is used, so that the
 *   other items of later slots do not depend on this one
 */
export function drawCoupledItems<Item>(
  popularity: PairParameters['popularity'],
  uniform: () => number,
  item: Item,
  drawOther: () => Item,
): { readonly lower: Item; readonly upper: Item } {
  const { isInLower, isInUpper } = drawCoupledSlot(popularity, uniform);
  const other = drawOther();
  return { lower: isInLower ? item : other, upper: isInUpper ? item : other };
}
