// The events coupling: the twin of coupling/events.ts and coupling/scalar-walk.ts. Sixty-four pairs are in flight, one a
// lane; a round takes each of them to its next appearance, stage by stage.

import { drawRound, openDraws, spareDraw } from './draws';
import { drawGains, gainsOf, quadsOfRound } from './gains';
import { gapOf, placeGaps } from './gaps';
import {
  CLOCKS, DRAWS, EMPTY, FIRST_STEPS, GAINS, GAPS, LANES, lanes, MASKS, placeLanes, REPLICATES, ROWS, STATES, THINNING,
} from './lanes';
import { countStep } from './order';
import { finish, isFinished, openQueue } from './queue';

// The request, which stays the same for a chunk.
let thinningHigh: u64 = 0;
let thinningLow: u32 = 0;
let slotOf: usize = 0;
let recordedCount: i32 = 0;
let counters: usize = 0;

/**
 * Walks the pairs of a chunk through their trainings, with the gains set before.
 *
 * @param lanes_ 8,192 bytes
 * @param generators four vectors: see `fillDraws`
 * @param gapTable see `placeGaps`, with `logAbsence`
 * @param thinningHigh_ ⌊2³² a′/a″⌋, and `thinningLow_` the next 32 bits: the lower run appears iff U < a′/a″
 * @param starts f64 [replicates]: the initial squared norms
 * @param slotOf_ u16 [steps + 1]: at index t the number of recorded steps before t, which is the place of the first
 *   recorded step that an appearance at t shows in
 * @param recorded f64x2 [replicates + 1][recordedCount + 1], zeros: (s′, s″) after the recorded steps; the last column and
 *   the last row are for what nobody asked for
 * @param finals f64x2 [replicates]
 * @param counters_ i64 [8]: see order.ts
 * @param traced the replicate whose steps go to `trace` as f64 [5] each (step, c′, c″, s′, s″), or −1
 * @returns the number of steps traced
 */
export function events(
  lanes_: usize, generators: usize, gapTable: usize, logAbsence: f64, thinningHigh_: u64, thinningLow_: u32,
  steps: i32, replicates: i32, starts: usize, slotOf_: usize, recordedCount_: i32, recorded: usize, finals: usize,
  counters_: usize, traced: i32, trace: usize,
): i32 {
  thinningHigh = thinningHigh_;
  thinningLow = thinningLow_;
  slotOf = slotOf_;
  recordedCount = recordedCount_;
  counters = counters_;
  placeLanes(lanes_);
  openDraws(generators);
  placeGaps(gapTable, logAbsence, steps);
  openQueue(steps, replicates, starts, finals, recorded, recordedCount, counters);
  let tracedSteps: i32 = 0;
  while (!isFinished()) {
    drawRound(quadsOfRound());
    jump();
    settle(steps);
    drawGains();
    appear(traced >= 0);
    if (traced >= 0) tracedSteps += traceRound(traced, trace + <usize>tracedSteps * 40);
  }
  return tracedSteps;
}

/** Moves every clock to its pair's next appearance. */
function jump(): void {
  const base = lanes;
  for (let at: usize = 0; at < <usize>LANES << 2; at += 4) {
    const word = base + at;
    const gap = gapOf(load<u32>(word + DRAWS));
    store<i32>(word + GAPS, gap);
    store<i32>(word + CLOCKS, load<i32>(word + CLOCKS) + gap);
  }
}

/** Ends the trainings whose next appearance would come too late, and starts the next pairs in their lanes. */
function settle(steps: i32): void {
  const last = i32x4.splat(steps);
  for (let at: usize = 0; at < <usize>LANES << 2; at += 16) {
    let over = i32x4.bitmask(i32x4.gt_s(v128.load(lanes + CLOCKS + at), last));
    for (; over; over &= over - 1) finish((at >> 2) + ctz(over));
  }
}

/** s ← s + c/s in the upper run of every lane, and in the lower run where the thinning lets it appear too. */
function appear(isTraced: bool): void {
  const base = lanes;
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    const word = base + (lane << 2);
    const thinning = load<u32>(word + THINNING);
    let isInLower = usize(<u64>thinning < thinningHigh);
    // The 32 bits of the draw do not decide: the next 32 do.
    if (<u64>thinning === thinningHigh) isInLower = usize(spareDraw() < thinningLow);
    const step = load<i32>(word + CLOCKS);
    // A mask rather than a choice: half of the choices would be guessed wrong.
    const gain = v128.and(gainsOf(lane, step), v128.load(base + MASKS + (isInLower << 4)));
    if (isTraced) v128.store(base + GAINS + (lane << 4), gain);
    const state = base + STATES + (lane << 4);
    const before = v128.load(state);
    const after = f64x2.add(before, f64x2.div(gain, before));
    v128.store(state, after);
    if (recordedCount > 0) {
      // The last appearance before a recorded step is the one that stays in its place.
      const slot = <usize>load<u16>(slotOf + (<usize>step << 1));
      v128.store(<usize>load<u32>(word + ROWS) + (slot << 4), after);
    }
    if (isPlainlyInOrder(before, after, gain)) continue;
    if (load<i32>(word + REPLICATES) === EMPTY) continue;
    countStep(counters, word + FIRST_STEPS, step, load<i32>(word + GAPS), before, gain, after);
  }
}

/**
 * Whether s′ ≤ s″ before and after the step, and no gain is above s′s″, so that A1 says so too: then there is nothing to
 * count. (c″ > s′s″ alone breaks nothing, but costs nothing to look into.)
 */
@inline function isPlainlyInOrder(before: v128, after: v128, gain: v128): bool {
  const lower = v128.shuffle<u64>(before, after, 0, 2);
  const upper = v128.shuffle<u64>(before, after, 1, 3);
  const product = f64x2.mul(before, v128.shuffle<u64>(before, before, 1, 0));
  return !v128.any_true(v128.or(f64x2.gt(lower, upper), f64x2.gt(gain, product)));
}

/** Writes the step of the traced replicate at an address, if it is in flight; returns the number of steps written. */
function traceRound(traced: i32, at: usize): i32 {
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    const word = lanes + (lane << 2);
    if (load<i32>(word + REPLICATES) !== traced) continue;
    store<f64>(at, <f64>load<i32>(word + CLOCKS));
    v128.store(at, v128.load(lanes + GAINS + (lane << 4)), 8);
    v128.store(at, v128.load(lanes + STATES + (lane << 4)), 24);
    return 1;
  }
  return 0;
}
