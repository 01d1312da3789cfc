// The recorded states of the pairs, and their moments and histograms at each recorded step: the kernels' twin of
// statistics/trajectory-moments.ts. A pair in flight has a row; the rows of finished pairs are folded eight at a time.

import { FREE_ROWS, LANES, PENDING_ROWS } from './memory';
import { ROUNDING_MARGIN } from './splats';

const PENDING: i32 = 8;
/** One for each lane, with or without a pair; those that wait; one to spare. */
const ROWS: i32 = LANES + 1 + PENDING;

// An accumulator, v128 [6], has for both runs a norm that is near the mean, the sum and the sum of squares of the norms'
// distances from it, and the least and the greatest squared norm; and as i64, in its low half, how many pairs were out of
// order.
const SUM: usize = 16;
const SQUARES: usize = 32;
const LEAST: usize = 48;
const GREATEST: usize = 64;
const VIOLATED: usize = 80;
const ACCUMULATOR_BYTES: usize = 96;

/** Squared norms have bins 1/64 of an octave wide: of the upper word the exponent and 6 bits of the mantissa. */
const BIN_SHIFT: u32 = 14;

let points: i32 = 0;
let slotOf: usize = 0;
let accumulators: usize = 0;
let histograms: usize = 0;
let firstBin: u32 = 0;
let bins: u32 = 0;
let freeTop: usize = 0;
let pending: i32 = 0;
let isFirstFold: bool = true;

/**
 * @param points_ recorded steps, 0 for none
 * @param slotOf_ u16 [steps + 1]: at index t the number of recorded steps before t, which is the place of the first
 *   recorded step that an appearance at t shows in
 * @param rows f64x2 [73][points + 2], zeros: (s′, s″) at the start, after each recorded step, and after all of them
 * @param accumulators_ v128 [points][6], zeros, but the least at infinity
 * @param histograms_ u32 [points][2][bins], zeros: bin 0 is `firstBin_`; outliers go to the last
 */
export function openTrajectories(
  points_: i32, slotOf_: usize, rows: usize, accumulators_: usize, histograms_: usize, firstBin_: u32, bins_: u32,
): void {
  points = points_;
  slotOf = slotOf_;
  accumulators = accumulators_;
  histograms = histograms_;
  firstBin = firstBin_;
  bins = bins_;
  pending = 0;
  isFirstFold = true;
  freeTop = FREE_ROWS;
  for (let row = 0; row < ROWS; row++) freeRow(rows + (<usize>row * (points + 2) << 4));
}

@inline export function isRecorded(): bool {
  return points > 0;
}

/** A row for a new pair. */
export function takeRow(start: f64): usize {
  freeTop -= 4;
  const row = <usize>load<u32>(freeTop);
  v128.store(row, f64x2.splat(start));
  return row;
}

/** Keeps the states after an appearance: the last one before a recorded step is the one that stays in its place. */
@inline export function keepState(row: usize, step: i32, states: v128): void {
  const slot = <usize>load<u16>(slotOf + (<usize>step << 1));
  v128.store(row + (slot << 4), states, 16);
}

/** The place of a recorded step in a row. */
@inline export function placeOf(row: usize, point: i32): usize {
  return row + (<usize>(point + 1) << 4);
}

/** The pair of this row is finished. */
export function finishRow(row: usize): void {
  store<u32>(PENDING_ROWS + (<usize>pending << 2), <u32>row);
  pending += 1;
  if (pending === PENDING) foldRows();
}

/** Folds what waits; after this the accumulators and the histograms are whole. */
export function closeTrajectories(): void {
  if (pending > 0) foldRows();
}

function foldRows(): void {
  if (isFirstFold) choosePivots(<usize>load<u32>(PENDING_ROWS));
  for (let point = 0; point < points; point++) foldPoint(point);
  for (let index = 0; index < pending; index++) {
    const row = <usize>load<u32>(PENDING_ROWS + (<usize>index << 2));
    memory.fill(row, 0, <usize>(points + 2) << 4);
    freeRow(row);
  }
  pending = 0;
}

function freeRow(row: usize): void {
  store<u32>(freeTop, <u32>row);
  freeTop += 4;
}

/** Squared norms do not decrease, and where nothing was kept there is 0: so a state holds until a greater one comes. */
@inline function stateAt(place: usize): v128 {
  return f64x2.pmax(v128.load(place), v128.load(place - 16));
}

/** The first pair's norms serve as the numbers near the mean. */
function choosePivots(row: usize): void {
  isFirstFold = false;
  for (let point = 0; point < points; point++) {
    const place = placeOf(row, point);
    v128.store(place, stateAt(place));
    v128.store(accumulators + <usize>point * ACCUMULATOR_BYTES, f64x2.sqrt(v128.load(place)));
  }
}

/** Folds a recorded step of all pending rows, in which the places before it are complete, into its moments. */
function foldPoint(point: i32): void {
  const offset = placeOf(0, point);
  const accumulator = accumulators + <usize>point * ACCUMULATOR_BYTES;
  // Where bin 0 of all floats would be; no state is below the first bin.
  const lowerBins = histograms + ((<usize>point * bins) << 3) - (<usize>firstBin << 2);
  const upperBins = lowerBins + (<usize>bins << 2);
  const lastBin = firstBin + bins - 1;
  const pivot = v128.load(accumulator);
  let sum = v128.load(accumulator, SUM);
  let squares = v128.load(accumulator, SQUARES);
  let least = v128.load(accumulator, LEAST);
  let greatest = v128.load(accumulator, GREATEST);
  let violated = v128.load(accumulator, VIOLATED);
  const end = PENDING_ROWS + (<usize>pending << 2);
  for (let at = PENDING_ROWS; at < end; at += 4) {
    const place = <usize>load<u32>(at) + offset;
    const state = stateAt(place);
    v128.store(place, state);
    const apart = f64x2.sub(f64x2.sqrt(state), pivot);
    sum = f64x2.add(sum, apart);
    squares = f64x2.add(squares, f64x2.mul(apart, apart));
    least = f64x2.pmin(least, state);
    greatest = f64x2.pmax(greatest, state);
    // In the low half: s′ − s″ > margin·s′.
    const above = f64x2.sub(state, v128.shuffle<u64>(state, state, 1, 0));
    violated = i64x2.sub(violated, f64x2.gt(above, f64x2.mul(state, v128.load(ROUNDING_MARGIN))));
    increment(lowerBins, min<u32>(load<u32>(place, 4) >>> BIN_SHIFT, lastBin));
    increment(upperBins, min<u32>(load<u32>(place, 12) >>> BIN_SHIFT, lastBin));
  }
  v128.store(accumulator, sum, SUM);
  v128.store(accumulator, squares, SQUARES);
  v128.store(accumulator, least, LEAST);
  v128.store(accumulator, greatest, GREATEST);
  v128.store(accumulator, violated, VIOLATED);
}

@inline function increment(counts: usize, bin: u32): void {
  const at = counts + (<usize>bin << 2);
  store<u32>(at, load<u32>(at) + 1);
}
