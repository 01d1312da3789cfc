// Walks with a constant gain from one start: after n appearances the state is S_n, so that a walk is a count and S_n is
// looked up. The order at every step follows from claim A3: the upper run has never appeared less often.

import { countAppearances, listAppearances, lowerCount, upperCount } from './appearances';
import { countTie } from './order';
import { endOfTrace, isTraced, traceStep } from './trace';
import { finishRow, isRecorded, keepState, takeRow } from './trajectories';

let states: usize = 0;

/**
 * Walks the pairs of a chunk, with the source of the appearances opened before.
 *
 * @param states_ f64 [steps + 1]: S_n at index n, not decreasing
 * @param gain c
 * @param list u32 [steps + 9]: room for the appearances of a pair, its end, and seven more
 * @param finals f64x2 [replicates]: (s′, s″)
 * @returns the end of the trace
 */
export function walkByCounting(
  steps: i32, replicates: i32, states_: usize, gain: f64, list: usize, finals: usize,
): usize {
  states = states_;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const final = finals + (<usize>replicate << 4);
    if (isRecorded() || isTraced(replicate)) {
      v128.store(final, follow(list, listAppearances(steps, list), replicate, gain));
    } else {
      countAppearances(steps);
      v128.store(final, statesAfter(lowerCount, upperCount));
    }
    countTie(load<f64>(final), load<f64>(final, 8));
  }
  return endOfTrace();
}

@inline function stateAfter(appearances: i32): f64 {
  return load<f64>(states + (<usize>appearances << 3));
}

@inline function statesAfter(lower: i32, upper: i32): v128 {
  return v128.load64_lane(states + (<usize>upper << 3), v128.load64_zero(states + (<usize>lower << 3)), 1);
}

/** Follows a pair through its listed appearances. */
function follow(list: usize, end: usize, replicate: i32, gain: f64): v128 {
  const row = isRecorded() ? takeRow(stateAfter(0)) : 0;
  let lower = 0;
  let upper = 0;
  for (let at = list; at < end; at += 4) {
    const step = <i32>(load<u32>(at) >>> 1);
    const isInLower = load<u32>(at) & 1;
    upper += 1;
    lower += isInLower;
    if (isRecorded()) keepState(row, step, statesAfter(lower, upper));
    if (isTraced(replicate)) traceStep(step, <f64>isInLower * gain, gain, stateAfter(lower), stateAfter(upper));
  }
  if (isRecorded()) finishRow(row);
  return statesAfter(lower, upper);
}
