// Walks with gains of any kind: the twin of coupling/scalar-walk.ts. Sixty-four pairs are in flight, one a lane; a round
// takes each of them to its next appearance, stage by stage.

import { drawGains, gainDrawBytes, lowerGains } from './gains';
import { gapOf, tableGap, UNDECIDED_GAP } from './gaps';
import {
  CLOCKS, FIRST_STEPS, GAPS, LANES, LOWER, REPLICATES, ROUND, ROUND_THINNING, ROUND_UPPER_NORMALS, ROWS, THINNED, UPPER,
  UPPER_GAINS,
} from './memory';
import { countStep } from './order';
import { EMPTY, finish, isFinished, openQueue, readList } from './queue';
import { fillDraws } from './sfc32';
import { decideTie, isAlwaysThinned, thinningDigits } from './thinning';
import { endOfTrace, isTraced, traceStep, tracesAny } from './trace';
import { isRecorded, keepState } from './trajectories';

/** Walks the pairs of a chunk; see `openQueue` for the arguments. Returns the end of the trace. */
export function walk(steps: i32, replicates: i32, starts: usize, finals: usize, lists: usize): usize {
  openQueue(steps, replicates, starts, finals, lists);
  while (!isFinished()) {
    if (lists === 0) {
      fillDraws(ROUND, 256 + gainDrawBytes());
      drawGaps();
      jump();
      settle(steps, true);
      thin();
    } else {
      if (gainDrawBytes() > 0) fillDraws(ROUND_UPPER_NORMALS, gainDrawBytes());
      for (let lane = 0; lane < LANES; lane++) readList(<usize>lane);
      settle(steps, false);
    }
    drawGains();
    appear();
    if (tracesAny()) traceRound();
  }
  return endOfTrace();
}

/** The gaps to the pairs' next appearances. */
function drawGaps(): void {
  // Four at a time: a loop of V8 asks at every turn whether it is to stop.
  for (let word: usize = 0; word < <usize>LANES << 2; word += 16) {
    const draws = ROUND + (word >> 1);
    store<i32>(word, tableGap(draws), GAPS);
    store<i32>(word, tableGap(draws + 2), GAPS + 4);
    store<i32>(word, tableGap(draws + 4), GAPS + 8);
    store<i32>(word, tableGap(draws + 6), GAPS + 12);
  }
}

/** Moves every clock over its gap. */
function jump(): void {
  for (let word: usize = 0; word < <usize>LANES << 2; word += 16) {
    v128.store(word, i32x4.add(v128.load(word, CLOCKS), v128.load(word, GAPS)), CLOCKS);
  }
}

/** Ends the trainings whose next appearance would come too late, and starts the next pairs in their lanes. */
function settle(steps: i32, mayBeUndecided: bool): void {
  const last = i32x4.splat(steps);
  for (let word: usize = 0; word < <usize>LANES << 2; word += 16) {
    let over = i32x4.bitmask(i32x4.gt_s(v128.load(word, CLOCKS), last));
    for (; over; over &= over - 1) {
      const lane = (word >> 2) + <usize>ctz(over);
      if (mayBeUndecided) decideGap(lane);
      finish(lane);
    }
  }
}

/** The gap that looks too long may be one that the table does not know. */
function decideGap(lane: usize): void {
  const word = lane << 2;
  if (load<i32>(GAPS + word) !== UNDECIDED_GAP) return;
  const gap = gapOf(ROUND + (lane << 1));
  store<i32>(GAPS + word, gap);
  store<i32>(CLOCKS + word, load<i32>(CLOCKS + word) - UNDECIDED_GAP + gap);
}

/** Decides in which lanes the lower run appears too. */
function thin(): void {
  if (isAlwaysThinned()) {
    for (let at: usize = 0; at < <usize>LANES << 3; at += 16) v128.store(THINNED + at, i64x2.splat(-1));
    return;
  }
  const digits = thinningDigits();
  for (let eight: usize = 0; eight < <usize>LANES; eight += 8) {
    const draws = v128.load(ROUND_THINNING + (eight << 1));
    const isBelow = i16x8.lt_s(draws, digits);
    const low = i32x4.extend_low_i16x8_s(isBelow);
    const high = i32x4.extend_high_i16x8_s(isBelow);
    const at = THINNED + (eight << 3);
    v128.store(at, i64x2.extend_low_i32x4_s(low));
    v128.store(at, i64x2.extend_high_i32x4_s(low), 16);
    v128.store(at, i64x2.extend_low_i32x4_s(high), 32);
    v128.store(at, i64x2.extend_high_i32x4_s(high), 48);
    let ties = i16x8.bitmask(i16x8.eq(draws, digits));
    for (; ties; ties &= ties - 1) store<i64>(at + (<usize>ctz(ties) << 3), -<i64>decideTie());
  }
}

/** s ← s + c/s in the upper run of every lane, and in the lower run where the thinning lets it appear too. */
function appear(): void {
  const gains = lowerGains() - UPPER_GAINS;
  const recorded = isRecorded();
  for (let at: usize = 0; at < <usize>LANES << 3; at += 32) {
    appearInTwo(at, gains, recorded);
    appearInTwo(at + 16, gains, recorded);
  }
}

/** @param gains how far the lower run's gains are from the upper one's */
@inline function appearInTwo(at: usize, gains: usize, recorded: bool): void {
  const a = v128.load(at, LOWER);
  const b = v128.load(at, UPPER);
  // A mask rather than a choice: half of the choices would be guessed wrong.
  const lowerGain = v128.and(v128.load(at + gains, UPPER_GAINS), v128.load(at, THINNED));
  const upperGain = v128.load(at, UPPER_GAINS);
  const lower = f64x2.add(a, f64x2.div(lowerGain, a));
  const upper = f64x2.add(b, f64x2.div(upperGain, b));
  v128.store(at, lower, LOWER);
  v128.store(at, upper, UPPER);
  if (recorded) {
    const word = at >> 1;
    keepState(<usize>load<u32>(word, ROWS), load<i32>(word, CLOCKS), v128.shuffle<u64>(lower, upper, 0, 2));
    keepState(<usize>load<u32>(word, ROWS + 4), load<i32>(word, CLOCKS + 4), v128.shuffle<u64>(lower, upper, 1, 3));
  }
  // In order before and after, and no gain above s′s″, so that A1 says so too: then there is nothing to count.
  // (c″ > s′s″ alone breaks nothing, but costs nothing to look into.)
  const outOfOrder = v128.or(f64x2.gt(a, b), f64x2.gt(lower, upper));
  const large = f64x2.gt(f64x2.pmax(lowerGain, upperGain), f64x2.mul(a, b));
  if (i64x2.bitmask(v128.or(outOfOrder, large))) countSteps(at, a, b, lowerGain, upperGain, lower, upper);
}

/** Counts the order in two lanes. */
function countSteps(at: usize, a: v128, b: v128, lowerGain: v128, upperGain: v128, lower: v128, upper: v128): void {
  const word = at >> 1;
  if (load<i32>(REPLICATES + word) !== EMPTY) {
    countStep(
      FIRST_STEPS + word, load<i32>(CLOCKS + word), load<i32>(GAPS + word),
      f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0),
      f64x2.extract_lane(lowerGain, 0), f64x2.extract_lane(upperGain, 0),
      f64x2.extract_lane(lower, 0), f64x2.extract_lane(upper, 0),
    );
  }
  if (load<i32>(REPLICATES + word, 4) !== EMPTY) {
    countStep(
      FIRST_STEPS + word + 4, load<i32>(CLOCKS + word, 4), load<i32>(GAPS + word, 4),
      f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1),
      f64x2.extract_lane(lowerGain, 1), f64x2.extract_lane(upperGain, 1),
      f64x2.extract_lane(lower, 1), f64x2.extract_lane(upper, 1),
    );
  }
}

/** Writes down the traced pair's step, if it is in flight. */
function traceRound(): void {
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    if (!isTraced(load<i32>(REPLICATES + (lane << 2)))) continue;
    const at = lane << 3;
    const lowerGain = load<i64>(THINNED + at) !== 0 ? load<f64>(lowerGains() + at) : 0.0;
    const upperGain = load<f64>(UPPER_GAINS + at);
    traceStep(load<i32>(CLOCKS + (lane << 2)), lowerGain, upperGain, load<f64>(LOWER + at), load<f64>(UPPER + at));
  }
}
