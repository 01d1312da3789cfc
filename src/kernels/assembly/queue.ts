// The chunk's pairs: each is started in a lane that is free, finished there, and counted.

import { spareDraw } from './draws';
import { startPaths } from './gains';
import { gapOf } from './gaps';
import { CLOCKS, EMPTY, FIRST_STEPS, GAPS, lanes, LANES, REPLICATES, ROWS, STATES } from './lanes';
import { countEnd } from './order';

let steps: i32 = 0;
let replicates: i32 = 0;
let starts: usize = 0;
let finals: usize = 0;
let recorded: usize = 0;
let recordedCount: i32 = 0;
let counters: usize = 0;
let nextReplicate: i32 = 0;
let finished: i32 = 0;

/** See `events` for what the arguments mean. */
export function openQueue(
  steps_: i32, replicates_: i32, starts_: usize, finals_: usize, recorded_: usize, recordedCount_: i32, counters_: usize,
): void {
  steps = steps_;
  replicates = replicates_;
  starts = starts_;
  finals = finals_;
  recorded = recorded_;
  recordedCount = recordedCount_;
  counters = counters_;
  nextReplicate = 0;
  finished = 0;
  for (let lane = 0; lane < LANES; lane++) refill(<usize>lane);
}

export function isFinished(): bool {
  return finished === replicates;
}

/** Ends the lane's pair, and the next ones that do not appear at all, until one appears within the training. */
export function finish(lane: usize): void {
  const word = lanes + (lane << 2);
  while (load<i32>(word + CLOCKS) > steps) {
    const replicate = load<i32>(word + REPLICATES);
    if (replicate === EMPTY) {
      // Nothing is left to start: the lane turns in place, unseen.
      store<i32>(word + CLOCKS, 1);
      return;
    }
    end(lane, replicate);
    refill(lane);
    if (load<i32>(word + REPLICATES) === EMPTY) continue;
    const gap = gapOf(spareDraw());
    store<i32>(word + GAPS, gap);
    store<i32>(word + CLOCKS, gap);
  }
}

function end(lane: usize, replicate: i32): void {
  const word = lanes + (lane << 2);
  const state = v128.load(lanes + STATES + (lane << 4));
  if (recordedCount > 0) completeRow(replicate);
  v128.store(finals + (<usize>replicate << 4), state);
  const held = steps - (load<i32>(word + CLOCKS) - load<i32>(word + GAPS));
  const firstStep = load<i32>(word + FIRST_STEPS);
  countEnd(counters, replicate, firstStep, held, f64x2.extract_lane(state, 0), f64x2.extract_lane(state, 1));
  finished += 1;
}

/** Puts the next pair into a lane, from a fixed queue: to count only the first to finish would favour short trainings. */
function refill(lane: usize): void {
  const word = lanes + (lane << 2);
  const hasNext = nextReplicate < replicates;
  store<i32>(word + REPLICATES, hasNext ? nextReplicate : EMPTY);
  store<i32>(word + CLOCKS, hasNext ? 0 : steps + 1);
  store<i32>(word + FIRST_STEPS, 0);
  store<u32>(word + ROWS, <u32>rowOf(hasNext ? nextReplicate : replicates));
  const start = hasNext ? load<f64>(starts + (<usize>nextReplicate << 3)) : 1.0;
  v128.store(lanes + STATES + (lane << 4), f64x2.splat(start));
  if (!hasNext) return;
  nextReplicate += 1;
  startPaths(lane);
}

@inline function rowOf(replicate: i32): usize {
  return recorded + (<usize>(replicate * (recordedCount + 1)) << 4);
}

/** Fills the recorded steps before which nothing happened with the state before them: the start, or the last one kept. */
function completeRow(replicate: i32): void {
  let state = f64x2.splat(load<f64>(starts + (<usize>replicate << 3)));
  const row = rowOf(replicate);
  const end = row + (<usize>recordedCount << 4);
  for (let at = row; at < end; at += 16) {
    const kept = v128.load(at);
    state = v128.bitselect(kept, state, f64x2.ne(kept, f64x2.splat(0)));
    v128.store(at, state);
  }
}
