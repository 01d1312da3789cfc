// How the order s″ ≥ s′ fares: the twin of coupling/path-record.ts and process/order.ts, off the fast path.

/** Squared norms closer than this share are equal up to rounding: `roundingMargin` of the plain twin. */
const roundingMargin: f64 = 1.4210854715202004e-14;

/** Counters, as 64-bit integers in this order; the last two name the first violation. */
const SOMEWHERE: usize = 0;
const AT_END: usize = 8;
const STEPS: usize = 16;
const NEW: usize = 24;
const PREDICTED: usize = 32;
const TIES: usize = 40;
const FIRST_REPLICATE: usize = 48;
const FIRST_STEP: usize = 56;

let counters: usize = 0;

/** @param counters_ i64 [8]: see above; the first replicate is larger than any at the start */
export function openOrder(counters_: usize): void {
  counters = counters_;
}

@inline function add(count: usize, by: i64): void {
  store<i64>(counters + count, load<i64>(counters + count) + by);
}

@inline function isViolated(lower: f64, upper: f64): bool {
  return lower - upper > roundingMargin * lower;
}

/**
 * Counts one appearance step that is not plainly in order.
 *
 * @param gap steps since the pair last moved
 * @param a, b s′ and s″ before; `lowerGain`, `upperGain`: c′ and c″, 0 for a run whose batch lacks the item;
 *   `lower`, `upper` the states they lead to
 * @param firstStep where the lane keeps the step of its first violation, 0 while it has none
 */
export function countStep(
  firstStep: usize, step: i32, gap: i32, a: f64, b: f64, lowerGain: f64, upperGain: f64, lower: f64, upper: f64,
): void {
  const wasViolated = isViolated(a, b);
  if (wasViolated) add(STEPS, <i64>(gap - 1));
  // orderDrop of the plain twin, without decay.
  const drop = (lowerGain - upperGain) / b - (b - a) * (1.0 - lowerGain / a / b);
  const margin = roundingMargin * lower;
  const isNow = isViolated(lower, upper);
  if (!wasViolated && (drop > 2.0 * margin || (drop > margin / 2.0 && isNow))) add(PREDICTED, 1);
  if (!isNow) return;
  add(STEPS, 1);
  if (wasViolated) return;
  add(NEW, 1);
  if (load<i32>(firstStep) === 0) store<i32>(firstStep, step);
}

/** Counts two final states that are equal up to rounding. */
@inline export function countTie(lower: f64, upper: f64): void {
  if (abs<f64>(lower - upper) <= roundingMargin * lower) add(TIES, 1);
}

/**
 * Counts the end of a pair's training.
 *
 * @param held steps since the pair last moved
 * @param firstStep the step of its first violation, 0 if it had none
 */
export function countEnd(replicate: i32, firstStep: i32, held: i32, lower: f64, upper: f64): void {
  countTie(lower, upper);
  if (firstStep === 0) return;
  add(SOMEWHERE, 1);
  if (<i64>replicate < load<i64>(counters + FIRST_REPLICATE)) {
    store<i64>(counters + FIRST_REPLICATE, <i64>replicate);
    store<i64>(counters + FIRST_STEP, <i64>firstStep);
  }
  if (!isViolated(lower, upper)) return;
  add(AT_END, 1);
  add(STEPS, <i64>held);
}
