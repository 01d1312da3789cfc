// How the order s″ ≥ s′ fares: the twin of coupling/path-record.ts and process/order.ts, off the fast path.

/** Squared norms closer than this share are equal up to rounding: `roundingMargin` of the plain twin. */
const roundingMargin: f64 = 1.4210854715202004e-14;

/** Counters, as 64-bit integers in this order; the last two name the first violation. */
export const COUNT_SOMEWHERE: usize = 0;
export const COUNT_AT_END: usize = 8;
export const COUNT_STEPS: usize = 16;
export const COUNT_NEW: usize = 24;
export const COUNT_PREDICTED: usize = 32;
export const COUNT_TIES: usize = 40;
export const FIRST_REPLICATE: usize = 48;
export const FIRST_STEP: usize = 56;

@inline function add(counters: usize, count: usize, by: i64): void {
  store<i64>(counters + count, load<i64>(counters + count) + by);
}

@inline function isViolated(lower: f64, upper: f64): bool {
  return lower - upper > roundingMargin * lower;
}

/**
 * Counts one appearance step that is not plainly in order.
 *
 * @param gap steps since the pair last moved
 * @param before (s′, s″), `gain` (c′, c″), `after` the states they lead to
 * @param firstStep where the lane keeps the step of its first violation, 0 while it has none
 */
export function countStep(
  counters: usize, firstStep: usize, step: i32, gap: i32, before: v128, gain: v128, after: v128,
): void {
  const a = f64x2.extract_lane(before, 0);
  const b = f64x2.extract_lane(before, 1);
  const lowerGain = f64x2.extract_lane(gain, 0);
  const upperGain = f64x2.extract_lane(gain, 1);
  const lower = f64x2.extract_lane(after, 0);
  const upper = f64x2.extract_lane(after, 1);
  const wasViolated = isViolated(a, b);
  if (wasViolated) add(counters, COUNT_STEPS, <i64>(gap - 1));
  // orderDrop of the plain twin, without decay.
  const drop = (lowerGain - upperGain) / b - (b - a) * (1.0 - lowerGain / a / b);
  const margin = roundingMargin * lower;
  const isNow = isViolated(lower, upper);
  if (!wasViolated && (drop > 2.0 * margin || (drop > margin / 2.0 && isNow))) add(counters, COUNT_PREDICTED, 1);
  if (!isNow) return;
  add(counters, COUNT_STEPS, 1);
  if (wasViolated) return;
  add(counters, COUNT_NEW, 1);
  if (load<i32>(firstStep) === 0) store<i32>(firstStep, step);
}

/**
 * Counts the end of a pair's training.
 *
 * @param held steps since the pair last moved
 * @param firstStep the step of its first violation, 0 if it had none
 */
export function countEnd(counters: usize, replicate: i32, firstStep: i32, held: i32, lower: f64, upper: f64): void {
  if (abs<f64>(lower - upper) <= roundingMargin * lower) add(counters, COUNT_TIES, 1);
  if (firstStep === 0) return;
  add(counters, COUNT_SOMEWHERE, 1);
  if (<i64>replicate < load<i64>(counters + FIRST_REPLICATE)) {
    store<i64>(counters + FIRST_REPLICATE, <i64>replicate);
    store<i64>(counters + FIRST_STEP, <i64>firstStep);
  }
  if (!isViolated(lower, upper)) return;
  add(counters, COUNT_AT_END, 1);
  add(counters, COUNT_STEPS, <i64>held);
}
