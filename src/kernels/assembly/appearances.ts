// The appearances of one pair: counted, or listed as u32 (2·step + 1 if the lower run has it too), increasing, with an entry
// beyond the training at the end. Listed or counted, a pair takes the same draws.

import { drawGroups } from './bernoulli';
import { drawBulk } from './draws';
import { gapOf, tableGap } from './gaps';
import { BULK, BULK_BYTES } from './memory';
import { decideTie, isAlwaysThinned, thinningDigits } from './thinning';

const GAPS_END: usize = BULK + BULK_BYTES / 2;
const THINNING_END: usize = BULK + BULK_BYTES;

let trials: i32 = 0;
let words: usize = 0;
let gapDraw: usize = 0;
let thinningDraw: usize = 0;

/** Numbers of appearances of the pair that was counted last. */
export let lowerCount: i32 = 0;
export let upperCount: i32 = 0;

/** The item appears where a gap ends, in the lower run too where the thinning lets it: the twin of coupling/events.ts. */
export function openByEvents(): void {
  trials = 0;
  gapDraw = GAPS_END;
  thinningDraw = THINNING_END;
}

/**
 * The item appears at a step if any of its trials lets it in: the twin of coupling/slots.ts, and with one trial a step, of
 * probability a″, of coupling/steps.ts.
 *
 * @param words_ room for two words of 128 steps
 */
export function openByTrials(trials_: i32, words_: usize): void {
  trials = trials_;
  words = words_;
}

export function countAppearances(steps: i32): void {
  if (trials > 0) countByTrials(steps);
  else countByEvents(steps);
}

/** Lists the appearances of a pair; returns the address of the end. */
export function listAppearances(steps: i32, list: usize): usize {
  const end = trials > 0 ? listByTrials(steps, list) : listByEvents(steps, list);
  store<u32>(end, <u32>(steps + 1) << 1);
  return end;
}

function countByEvents(steps: i32): void {
  upperCount = walkGaps(steps, 0);
  lowerCount = isAlwaysThinned() ? upperCount : countThinned(upperCount);
}

function listByEvents(steps: i32, list: usize): usize {
  const end = list + (<usize>walkGaps(steps, list) << 2);
  if (isAlwaysThinned()) {
    for (let at = list; at < end; at += 4) store<u32>(at, load<u32>(at) | 1);
  } else {
    markThinned(list, end);
  }
  return end;
}

/** Walks from gap to gap, four at once while none of them ends the training; lists the steps unless `list` is 0. */
function walkGaps(steps: i32, list: usize): i32 {
  let clock = 0;
  let count = 0;
  let draw = gapDraw;
  while (true) {
    if (draw + 8 > GAPS_END) draw = drawAgain();
    if (list === 0) {
      const four = clock + tableGap(draw) + tableGap(draw + 2) + tableGap(draw + 4) + tableGap(draw + 6);
      if (four <= steps) {
        clock = four;
        count += 4;
        draw += 8;
        continue;
      }
    }
    for (const end = draw + 8; draw < end; ) {
      clock += gapOf(draw);
      draw += 2;
      if (clock > steps) {
        gapDraw = draw;
        return count;
      }
      if (list !== 0) store<u32>(list + (<usize>count << 2), <u32>clock << 1);
      count += 1;
    }
  }
}

/** Fills the draws for the gaps; those for the thinning are thrown away with the rest of the bulk. */
function drawAgain(): usize {
  drawBulk();
  thinningDraw = GAPS_END;
  return BULK;
}

@inline function nextThinningDraws(): v128 {
  if (thinningDraw === THINNING_END) gapDraw = drawAgain();
  const draws = v128.load(thinningDraw);
  thinningDraw += 16;
  return draws;
}

/** How many of so many appearances the lower run has too. */
function countThinned(appearances: i32): i32 {
  const digits = thinningDigits();
  let below = i32x4.splat(0);
  let decided = 0;
  let left = appearances;
  for (; left >= 8; left -= 8) {
    const draws = nextThinningDraws();
    below = i32x4.sub(below, i32x4.extadd_pairwise_i16x8_s(i16x8.lt_s(draws, digits)));
    for (let ties = i16x8.bitmask(i16x8.eq(draws, digits)); ties; ties &= ties - 1) decided += i32(decideTie());
  }
  if (left > 0) {
    const draws = nextThinningDraws();
    const isCounted = i16x8.gt_s(i16x8.splat(<i16>left), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
    below = i32x4.sub(below, i32x4.extadd_pairwise_i16x8_s(v128.and(isCounted, i16x8.lt_s(draws, digits))));
    let ties = i16x8.bitmask(v128.and(isCounted, i16x8.eq(draws, digits)));
    for (; ties; ties &= ties - 1) decided += i32(decideTie());
  }
  return sumOf(below) + decided;
}

@inline function sumOf(counts: v128): i32 {
  const low = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1);
  return low + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
}

/** Marks the listed appearances that the lower run has too, and up to seven entries behind the end. */
function markThinned(list: usize, end: usize): void {
  const digits = thinningDigits();
  const mark = i32x4.splat(1);
  for (let at = list; at < end; at += 32) {
    const draws = nextThinningDraws();
    const isBelow = i16x8.lt_s(draws, digits);
    const first = v128.and(i32x4.extend_low_i16x8_s(isBelow), mark);
    const second = v128.and(i32x4.extend_high_i16x8_s(isBelow), mark);
    v128.store(at, v128.or(v128.load(at), first));
    v128.store(at, v128.or(v128.load(at, 16), second), 16);
    for (let ties = i16x8.bitmask(i16x8.eq(draws, digits)); ties; ties &= ties - 1) {
      const entry = at + (<usize>ctz(ties) << 2);
      if (entry < end && decideTie()) store<u32>(entry, load<u32>(entry) | 1);
    }
  }
}

function countByTrials(steps: i32): void {
  let lower = 0;
  let upper = 0;
  for (let first = 0; first < steps; first += 128) {
    drawWords(steps - first);
    lower += <i32>(popcnt(load<u64>(words)) + popcnt(load<u64>(words, 8)));
    upper += <i32>(popcnt(load<u64>(words, 16)) + popcnt(load<u64>(words, 24)));
  }
  lowerCount = lower;
  upperCount = upper;
}

function listByTrials(steps: i32, list: usize): usize {
  let end = list;
  for (let first = 0; first < steps; first += 128) {
    drawWords(steps - first);
    end = listWord(load<u64>(words), load<u64>(words, 16), first, end);
    end = listWord(load<u64>(words, 8), load<u64>(words, 24), first + 64, end);
  }
  return end;
}

function listWord(lower: u64, upper: u64, first: i32, list: usize): usize {
  let end = list;
  for (let left = upper; left !== 0; left &= left - 1) {
    const bit = ctz(left);
    store<u32>(end, (<u32>(first + 1 + <i32>bit) << 1) | <u32>((lower >>> bit) & 1));
    end += 4;
  }
  return end;
}

/** Draws 128 steps, of which `left` are in the training: those of the lower run, then those of the upper one. */
function drawWords(left: i32): void {
  drawGroups(trials, words, words + 16);
  if (left >= 128) return;
  const low: u64 = left >= 64 ? ~0 : ((<u64>1) << left) - 1;
  const high: u64 = left > 64 ? ((<u64>1) << (left - 64)) - 1 : 0;
  const within = i64x2.replace_lane(i64x2.splat(<i64>low), 1, <i64>high);
  v128.store(words, v128.and(v128.load(words), within));
  v128.store(words, v128.and(v128.load(words, 16), within), 16);
}
