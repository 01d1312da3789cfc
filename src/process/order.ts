/**
 * Squared norms that differ by less than this share are equal up to rounding: 64 units in the last place, far above what
 * a step's own rounding can do. An appearance whose c is below this share of s² makes no difference that counts.
 */
const roundingMargin = 2 ** -46;

/** Whether s″ is below s′ by more than rounding. */
export function isOrderViolated(lower: number, upper: number): boolean {
  return lower - upper > roundingMargin * lower;
}

/**
 * Whether a step that leaves s″ below s′ by `drop` (`orderDrop`, negative where it stays above) violates the order, judged
 * without looking at the states, except near the margin: there the computed states decide, because the drop and they are
 * rounded differently.
 *
 * @param lower s′ after the step
 * @param upper s″ after the step
 */
export function predictsViolation(drop: number, lower: number, upper: number): boolean {
  const margin = roundingMargin * lower;
  if (drop > 2 * margin) return true;
  return drop > margin / 2 && isOrderViolated(lower, upper);
}

/** Whether s″ and s′ are equal up to rounding. */
export function isTied(lower: number, upper: number): boolean {
  return Math.abs(lower - upper) <= roundingMargin * lower;
}
