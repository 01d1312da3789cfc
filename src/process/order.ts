/**
 * Squared norms that differ by less than this share are equal up to rounding: 64 units in the last place, far above what
 * a step's own rounding can do and far below any difference that one appearance makes.
 */
export const roundingMargin = 2 ** -46;

/** Whether s″ is below s′ by more than rounding. */
export function isOrderViolated(lower: number, upper: number): boolean {
  return lower - upper > roundingMargin * lower;
}

/** Whether s″ and s′ are equal up to rounding. */
export function isTied(lower: number, upper: number): boolean {
  return Math.abs(lower - upper) <= roundingMargin * lower;
}
