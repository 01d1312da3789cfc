// The steps of one pair, written down for whoever wants to watch it.

const STEP_BYTES: usize = 40;

let traced: i32 = -1;
let next: usize = 0;

/**
 * @param traced_ the replicate, counted within the chunk, or −1
 * @param trace f64 [appearances][5]: step, c′ and c″ (0 for a run whose batch lacks the item), s′ and s″ after it
 */
export function openTrace(traced_: i32, trace: usize): void {
  traced = traced_;
  next = trace;
}

@inline export function isTraced(replicate: i32): bool {
  return replicate === traced;
}

@inline export function tracesAny(): bool {
  return traced >= 0;
}

export function traceStep(step: i32, lowerGain: f64, upperGain: f64, lower: f64, upper: f64): void {
  store<f64>(next, <f64>step);
  store<f64>(next, lowerGain, 8);
  store<f64>(next, upperGain, 16);
  store<f64>(next, lower, 24);
  store<f64>(next, upper, 32);
  next += STEP_BYTES;
}

/** The end of what was written. */
export function endOfTrace(): usize {
  return next;
}
