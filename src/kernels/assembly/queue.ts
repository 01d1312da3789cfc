// The chunk's pairs: each is started in a lane that is free, finished there, and counted.

import { listAppearances } from './appearances';
import { startPaths } from './gains';
import { spareGap } from './gaps';
import { CLOCKS, CURSORS, FIRST_STEPS, GAPS, LANES, LOWER, REPLICATES, ROWS, THINNED, UPPER } from './memory';
import { countEnd } from './order';
import { finishRow, isRecorded, takeRow } from './trajectories';

/** What a lane calls its replicate while no pair is in it. */
export const EMPTY: i32 = -1;

let steps: i32 = 0;
let replicates: i32 = 0;
let starts: usize = 0;
let finals: usize = 0;
let lists: usize = 0;
let nextReplicate: i32 = 0;
let finished: i32 = 0;

/**
 * @param starts_ f64 [replicates]: the initial squared norms
 * @param finals_ f64x2 [replicates]: (s′, s″)
 * @param lists_ u32 [64][steps + 2], where each lane lists its pair's appearances; 0 if they are drawn on the way
 */
export function openQueue(steps_: i32, replicates_: i32, starts_: usize, finals_: usize, lists_: usize): void {
  steps = steps_;
  replicates = replicates_;
  starts = starts_;
  finals = finals_;
  lists = lists_;
  nextReplicate = 0;
  finished = 0;
  for (let lane = 0; lane < LANES; lane++) refill(<usize>lane);
}

export function isFinished(): bool {
  return finished === replicates;
}

/** Moves a lane to the next appearance in its list. */
@inline export function readList(lane: usize): void {
  const word = lane << 2;
  const cursor = <usize>load<u32>(CURSORS + word);
  const appearance = load<u32>(cursor);
  const step = <i32>(appearance >>> 1);
  store<u32>(CURSORS + word, <u32>cursor + 4);
  store<i32>(GAPS + word, step - load<i32>(CLOCKS + word));
  store<i32>(CLOCKS + word, step);
  store<i64>(THINNED + (lane << 3), -<i64>(appearance & 1));
}

/** Ends the lane's pair, and the next ones that do not appear at all, until one appears within the training. */
export function finish(lane: usize): void {
  const word = lane << 2;
  while (load<i32>(CLOCKS + word) > steps) {
    const replicate = load<i32>(REPLICATES + word);
    if (replicate === EMPTY) {
      turnInPlace(lane);
      return;
    }
    end(lane, replicate);
    refill(lane);
    if (load<i32>(REPLICATES + word) === EMPTY) continue;
    if (lists !== 0) {
      readList(lane);
    } else {
      const gap = spareGap();
      store<i32>(GAPS + word, gap);
      store<i32>(CLOCKS + word, gap);
    }
  }
}

/** Nothing is left to start: the lane goes on as if an item appeared in it at every step, unseen. */
function turnInPlace(lane: usize): void {
  const word = lane << 2;
  store<i32>(CLOCKS + word, 1);
  store<i32>(GAPS + word, 1);
  store<f64>(LOWER + (lane << 3), 1.0);
  store<f64>(UPPER + (lane << 3), 1.0);
  // Back to the entry beyond the training.
  if (lists !== 0) store<u32>(CURSORS + word, <u32>listOf(lane));
}

function end(lane: usize, replicate: i32): void {
  const word = lane << 2;
  const lower = load<f64>(LOWER + (lane << 3));
  const upper = load<f64>(UPPER + (lane << 3));
  store<f64>(finals + (<usize>replicate << 4), lower);
  store<f64>(finals + (<usize>replicate << 4), upper, 8);
  if (isRecorded()) finishRow(<usize>load<u32>(ROWS + word));
  const held = steps - (load<i32>(CLOCKS + word) - load<i32>(GAPS + word));
  countEnd(replicate, load<i32>(FIRST_STEPS + word), held, lower, upper);
  finished += 1;
}

/** Puts the next pair into a lane, from a fixed queue: to count only the first to finish would favour short trainings. */
function refill(lane: usize): void {
  const word = lane << 2;
  const hasNext = nextReplicate < replicates;
  const start = hasNext ? load<f64>(starts + (<usize>nextReplicate << 3)) : 1.0;
  store<i32>(REPLICATES + word, hasNext ? nextReplicate : EMPTY);
  store<i32>(CLOCKS + word, hasNext ? 0 : steps + 1);
  store<i32>(FIRST_STEPS + word, 0);
  store<f64>(LOWER + (lane << 3), start);
  store<f64>(UPPER + (lane << 3), start);
  if (isRecorded()) store<u32>(ROWS + word, <u32>takeRow(start));
  if (lists !== 0) {
    store<u32>(CURSORS + word, <u32>listOf(lane));
    if (hasNext) listAppearances(steps, listOf(lane));
    else store<u32>(listOf(lane), <u32>(steps + 1) << 1);
  }
  if (!hasNext) return;
  nextReplicate += 1;
  startPaths(lane);
}

@inline function listOf(lane: usize): usize {
  return lists + ((lane * <usize>(steps + 2)) << 2);
}
