// The events coupling: the twin of coupling/events.ts and coupling/scalar-walk.ts.
// Sixty-four pairs are in flight, one a lane; a round takes each of them to its next appearance, stage by stage.

import { exponential, fillExpTable } from './exp';
import {
  edgeOf, fillZiggurat, isInside, isUnderCurve, layerOf, signedUniform, tailStart, ZIGGURAT_BYTES,
} from './normal';
import { countEnd, countStep } from './order';
import { fillDraws } from './xoshiro';

const LANES: i32 = 64;

/** What a lane is called while no pair is in it. */
const EMPTY: i32 = -1;

// The lanes, one array after the other: the pair's state as f64x2 (s′, s″); four-byte words; this round's draws.
const STATES: usize = 0;
const CLOCKS: usize = 1024;
const GAPS: usize = 1280;
const REPLICATES: usize = 1536;
const FIRST_STEPS: usize = 1792;
const ROWS: usize = 2048;
const DRAWS: usize = 2304;
const THINNING: usize = DRAWS + 256;
const NORMALS: usize = DRAWS + 512;
const SPARE: usize = NORMALS + 1024;
/** Two masks: the upper run alone, both runs. */
const MASKS: usize = SPARE + 256;
/** f64x2 [64] each: the AR(1) paths' x of both runs, and the gains of this round's appearances. */
const PATHS: usize = MASKS + 32;
const GAINS: usize = PATHS + 1024;
/** Spare draws, for what needs more than one: they are filled as they run out. */
const SPARE_DRAWS: i32 = 64;

// The request, which stays the same for a chunk.
let lanes: usize = 0;
let random: usize = 0;
let gapTable: usize = 0;
let logAbsence: f64 = 0;
let steps: i32 = 0;
let replicates: i32 = 0;
let slotOf: usize = 0;
let recordedCount: i32 = 0;
let recorded: usize = 0;
let starts: usize = 0;
let finals: usize = 0;
let counters: usize = 0;
let nextReplicate: i32 = 0;
let finished: i32 = 0;
let spareLeft: i32 = 0;

// The gains: a function of the step, or log-normal with an AR(1) path that the runs share or have each their own.
const BY_STEP: i32 = 0;
const SHARED_PATH: i32 = 1;
let gainKind: i32 = BY_STEP;
let sigma: f64 = 0;
let meanGain: f64 = 0;
let powers: usize = 0;
let widths: usize = 0;
let ziggurat: usize = 0;
let expTable: usize = 0;

/** Gains that are read from a table by step. */
export function gainsByStep(): void {
  gainKind = BY_STEP;
}

/**
 * Log-normal gains c·exp(σx − σ²/2).
 *
 * @param kind 1 if the runs share x, 2 if each has its own
 * @param powers f64 [steps + 1]: ρ^g at index g, and `widths` √(1 − ρ^{2g})
 * @param tables room for the ziggurat and the exponential's table
 */
export function lognormalGains(
  kind: i32, sigma_: f64, meanGain_: f64, powers_: usize, widths_: usize, tables: usize,
): void {
  gainKind = kind; sigma = sigma_; meanGain = meanGain_; powers = powers_; widths = widths_;
  ziggurat = tables;
  expTable = tables + ZIGGURAT_BYTES;
  fillZiggurat(ziggurat);
  fillExpTable(expTable);
}

/**
 * Walks the pairs of a chunk through their trainings.
 *
 * @param gapTable u16 [4096]: the gap for each value of a draw's top 12 bits, 0 where they do not decide it
 * @param logAbsence log(1 − a″) < 0
 * @param thinningHigh ⌊2³² a′/a″⌋, and `thinningLow` the next 32 bits: the lower run appears iff U < a′/a″
 * @param gains f64 [steps + 1]: c_t at index t
 * @param starts f64 [replicates]: the initial squared norms
 * @param slotOf u16 [steps + 1]: at index t the number of recorded steps before t, which is the place of the first
 *   recorded step that an appearance at t shows in
 * @param recorded f64x2 [replicates + 1][recordedCount + 1], zeros: (s′, s″) after the recorded steps; the last column and
 *   the last row are for what nobody asked for
 * @param finals f64x2 [replicates]
 * @param traced the replicate whose steps go to `trace` as f64 [5] each (step, c′, c″, s′, s″), or −1
 * @returns the number of steps traced
 */
export function events(
  lanes_: usize, random_: usize, gapTable_: usize, logAbsence_: f64, thinningHigh: u64, thinningLow: u32,
  steps_: i32, replicates_: i32, gains: usize, starts_: usize, slotOf_: usize, recordedCount_: i32,
  recorded_: usize, finals_: usize, counters_: usize, traced: i32, trace: usize,
): i32 {
  lanes = lanes_; random = random_; gapTable = gapTable_; logAbsence = logAbsence_; steps = steps_;
  replicates = replicates_; slotOf = slotOf_; recordedCount = recordedCount_; recorded = recorded_;
  starts = starts_; finals = finals_; counters = counters_;
  nextReplicate = 0; finished = 0; spareLeft = 0;
  v128.store(lanes + MASKS, i64x2(0, -1));
  v128.store(lanes + MASKS, i64x2(-1, -1), 16);
  const base = lanes_;
  let tracedSteps: i32 = 0;
  for (let lane = 0; lane < LANES; lane++) refill(<usize>lane);
  while (finished < replicates) {
    fillDraws(random, lanes + DRAWS, gainKind === BY_STEP ? 32 : gainKind === SHARED_PATH ? 64 : 96);
    jump();
    settle();
    if (gainKind !== BY_STEP) drawGains();
    for (let lane: usize = 0; lane < <usize>LANES; lane++) {
      const word = base + (lane << 2);
      const thinning = load<u32>(word + THINNING);
      let isInLower = usize(<u64>thinning < thinningHigh);
      // The 32 bits of the draw do not decide: the next 32 do.
      if (<u64>thinning === thinningHigh) isInLower = usize(spareDraw() < thinningLow);
      const step = load<i32>(word + CLOCKS);
      // A mask rather than a choice: half of the choices would be guessed wrong.
      const given = gainKind === BY_STEP
        ? v128.load64_splat(gains + (<usize>step << 3))
        : v128.load(base + GAINS + (lane << 4));
      const gain = v128.and(given, v128.load(base + MASKS + (isInLower << 4)));
      if (traced >= 0) v128.store(base + GAINS + (lane << 4), gain);
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
    if (traced >= 0) tracedSteps = traceRound(traced, trace, tracedSteps);
  }
  return tracedSteps;
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

/** Writes the step of the traced replicate, if it is in flight and moved: (step, c′, c″, s′, s″). */
function traceRound(traced: i32, trace: usize, tracedSteps: i32): i32 {
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    const word = lanes + (lane << 2);
    if (load<i32>(word + REPLICATES) !== traced) continue;
    const at = trace + <usize>tracedSteps * 40;
    store<f64>(at, <f64>load<i32>(word + CLOCKS));
    v128.store(at, v128.load(lanes + GAINS + (lane << 4)), 8);
    v128.store(at, v128.load(lanes + STATES + (lane << 4)), 24);
    return tracedSteps + 1;
  }
  return tracedSteps;
}

/** Moves every clock to the pair's next appearance. */
function jump(): void {
  const base = lanes;
  const table = gapTable;
  for (let at: usize = 0; at < <usize>LANES << 2; at += 4) {
    const word = base + at;
    const draw = load<u32>(word + DRAWS);
    let gap = <i32>load<u16>(table + (<usize>(draw >>> 20) << 1));
    if (gap === 0) gap = undecidedGap(draw >>> 20);
    store<i32>(word + GAPS, gap);
    store<i32>(word + CLOCKS, load<i32>(word + CLOCKS) + gap);
  }
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

/** Ends the trainings whose next appearance would come too late, and starts the next pairs in their lanes. */
function settle(): void {
  const last = i32x4.splat(steps);
  for (let at: usize = 0; at < <usize>LANES << 2; at += 16) {
    let over = i32x4.bitmask(i32x4.gt_s(v128.load(lanes + CLOCKS + at), last));
    for (; over; over &= over - 1) finish((at >> 2) + ctz(over));
  }
}

/** Ends the lane's pair, and the next ones that do not appear at all, until one appears within the training. */
function finish(lane: usize): void {
  const word = lanes + (lane << 2);
  while (load<i32>(word + CLOCKS) > steps) {
    const replicate = load<i32>(word + REPLICATES);
    if (replicate === EMPTY) {
      // Nothing is left to start: the lane turns in place, unseen.
      store<i32>(word + CLOCKS, 1);
      return;
    }
    const state = v128.load(lanes + STATES + (lane << 4));
    const lower = f64x2.extract_lane(state, 0);
    const upper = f64x2.extract_lane(state, 1);
    if (recordedCount > 0) completeRow(replicate);
    v128.store(finals + (<usize>replicate << 4), state);
    const held = steps - (load<i32>(word + CLOCKS) - load<i32>(word + GAPS));
    countEnd(counters, replicate, load<i32>(word + FIRST_STEPS), held, lower, upper);
    finished += 1;
    refill(lane);
    if (load<i32>(word + REPLICATES) === EMPTY) continue;
    const gap = gapOf(spareDraw());
    store<i32>(word + GAPS, gap);
    store<i32>(word + CLOCKS, gap);
  }
}

/** Puts the next pair into a lane; every pair started is finished and counted, in whichever lane. */
function refill(lane: usize): void {
  const word = lanes + (lane << 2);
  const hasNext = nextReplicate < replicates;
  store<i32>(word + REPLICATES, hasNext ? nextReplicate : EMPTY);
  store<i32>(word + CLOCKS, hasNext ? 0 : steps + 1);
  store<i32>(word + FIRST_STEPS, 0);
  store<u32>(word + ROWS, <u32>rowOf(hasNext ? nextReplicate : replicates));
  v128.store(lanes + STATES + (lane << 4), f64x2.splat(hasNext ? load<f64>(starts + (<usize>nextReplicate << 3)) : 1.0));
  if (hasNext) nextReplicate += 1;
  if (gainKind === BY_STEP || !hasNext) return;
  const first = normalOf(spareBits());
  v128.store(lanes + PATHS + (lane << 4), f64x2.replace_lane(f64x2.splat(first), 1, gainKind === SHARED_PATH ? first : normalOf(spareBits())));
}

/** Takes every path over the gap to its pair's appearance in one jump, and makes the gains there. */
function drawGains(): void {
  const base = lanes;
  const scale = f64x2.splat(meanGain);
  const spread = f64x2.splat(sigma);
  const shift = f64x2.splat((sigma * sigma) / 2.0);
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    const gap = min<i32>(load<i32>(base + GAPS + (lane << 2)), steps);
    const upper = normalOf(load<u64>(base + NORMALS + (lane << 3)));
    const lower = gainKind === SHARED_PATH ? upper : normalOf(load<u64>(base + NORMALS + 512 + (lane << 3)));
    const normals = f64x2.replace_lane(f64x2.splat(lower), 1, upper);
    const path = base + PATHS + (lane << 4);
    const kept = f64x2.mul(v128.load64_splat(powers + (<usize>gap << 3)), v128.load(path));
    const x = f64x2.add(kept, f64x2.mul(v128.load64_splat(widths + (<usize>gap << 3)), normals));
    v128.store(path, x);
    const exponent = f64x2.sub(f64x2.mul(spread, x), shift);
    v128.store(base + GAINS + (lane << 4), f64x2.mul(scale, exponential(expTable, exponent)));
  }
}

@inline function normalOf(bits: u64): f64 {
  const layer = layerOf(bits);
  const u = signedUniform(bits);
  return isInside(ziggurat, layer, u) ? u * edgeOf(ziggurat, layer) : outerNormal(layer, u);
}

/** The one draw in seventy that is not plainly inside its layer. */
function outerNormal(layer_: i32, u_: f64): f64 {
  let layer = layer_;
  let u = u_;
  while (!isInside(ziggurat, layer, u)) {
    if (layer === 0) return u < 0.0 ? -tailNormal() : tailNormal();
    const x = u * edgeOf(ziggurat, layer);
    if (isUnderCurve(ziggurat, layer, x, spareUniform())) return x;
    const bits = spareBits();
    layer = layerOf(bits);
    u = signedUniform(bits);
  }
  return u * edgeOf(ziggurat, layer);
}

/** A normal given that it is beyond the last layer (Marsaglia 1964). */
function tailNormal(): f64 {
  while (true) {
    const beyond = -Math.log(spareUniform()) / tailStart();
    if (-2.0 * Math.log(spareUniform()) > beyond * beyond) return tailStart() + beyond;
  }
}

/** Uniform on (0, 1) with 53 bits. */
function spareUniform(): f64 {
  return (signedUniform(spareBits()) + 1.0) / 2.0;
}

function spareBits(): u64 {
  const high = <u64>spareDraw();
  return (high << 32) | <u64>spareDraw();
}

/** A geometric gap, by table where the top 12 bits decide it. Past the training all gaps are one. */
@inline function gapOf(draw: u32): i32 {
  const gap = <i32>load<u16>(gapTable + (<usize>(draw >>> 20) << 1));
  return gap !== 0 ? gap : undecidedGap(draw >>> 20);
}

/** Within the bucket, from 53 fresh bits: U = (bucket + V)/4096, gap = 1 + ⌊log(1 − U)/log(1 − a″)⌋. */
function undecidedGap(bucket: u32): i32 {
  const high = spareDraw() >>> 5;
  const low = spareDraw() >>> 6;
  const v = (<f64>high * 67108864.0 + <f64>low) * 1.1102230246251565e-16;
  const quotient = Math.log1p(-(<f64>bucket + v) / 4096.0) / logAbsence;
  return quotient >= <f64>steps ? steps + 1 : 1 + <i32>Math.floor(quotient);
}

function spareDraw(): u32 {
  if (spareLeft === 0) {
    fillDraws(random, lanes + SPARE, SPARE_DRAWS >> 2);
    spareLeft = SPARE_DRAWS;
  }
  spareLeft -= 1;
  return load<u32>(lanes + SPARE + (<usize>spareLeft << 2));
}
