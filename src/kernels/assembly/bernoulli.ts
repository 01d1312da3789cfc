// Bernoulli trials, 128 at a time, a bit each: whether U < p is decided by the first binary digit in which U and p differ.
// The first digits of 128 uniforms are drawn together, a vector each; trials that those leave undecided have further digits
// drawn for themselves, until they are decided. Both runs share their uniforms.

import { drawBulk, spareDraw } from './draws';
import { BULK, BULK_BYTES, UNDECIDED_HIGH, UNDECIDED_LOW } from './memory';

/** Digits drawn together: of sixteen blocks of trials one holds a trial that is then undecided. */
const DIGITS: i32 = 12;
/** If p begins with at least so many zeros, so many are drawn together and hits are looked for one by one. */
const FEWEST_ZEROS: i32 = 7;
const MOST_ZEROS: i32 = 8;
/** Blocks whose undecided trials are kept at a time. */
const BLOCKS: i32 = 128;

let isSparse: bool = false;
let digits: i32 = 0;
let lowerDigits: u32 = 0;
let upperDigits: u32 = 0;
let lowerRest: u64 = 0;
let upperRest: u64 = 0;
let isLowerCertain: bool = false;
let isUpperCertain: bool = false;
let bulk: usize = 0;

/**
 * @param lower ⌊2⁶⁴ p′⌋, and `upper` ⌊2⁶⁴ p″⌋, not below it; of no matter for a p of 1, which the other two say
 */
export function openBernoulli(lower: u64, upper: u64, isLowerCertain_: bool, isUpperCertain_: bool): void {
  isLowerCertain = isLowerCertain_;
  isUpperCertain = isUpperCertain_;
  const zeros = <i32>clz(upper);
  isSparse = zeros >= FEWEST_ZEROS && !isLowerCertain && !isUpperCertain;
  digits = isSparse ? min<i32>(zeros, MOST_ZEROS) : DIGITS;
  lowerDigits = <u32>(lower >>> <u64>(64 - DIGITS));
  upperDigits = <u32>(upper >>> <u64>(64 - DIGITS));
  lowerRest = lower << <u64>digits;
  upperRest = upper << <u64>digits;
  bulk = BULK + BULK_BYTES;
}

/**
 * Trials in groups: a bit of the result is set if any trial of its group succeeded.
 *
 * @param trials trials of each of the 128 groups
 * @param lower, upper where the results go, 128 bits each
 */
export function drawGroups(trials: i32, lower: usize, upper: usize): void {
  v128.store(lower, i64x2.splat(0));
  v128.store(upper, i64x2.splat(0));
  for (let left = trials; left > 0; left -= BLOCKS) {
    if (isSparse) drawSparse(min<i32>(left, BLOCKS), lower, upper);
    else drawDense(min<i32>(left, BLOCKS), lower, upper);
  }
  if (isLowerCertain) v128.store(lower, i64x2.splat(-1));
  if (isUpperCertain) v128.store(upper, i64x2.splat(-1));
}

/** The draws of the next block: where they begin, made again if too few are left. */
@inline function blockAt(at: usize, bytes: usize): usize {
  if (at + bytes <= BULK + BULK_BYTES) return at;
  drawBulk();
  return BULK;
}

/** All digits are zeros: a trial can only succeed where the draws are zeros too, and is decided by the digits after them. */
function drawSparse(blocks: i32, lower: usize, upper: usize): void {
  const bytes = <usize>digits << 4;
  const isEighth = digits === MOST_ZEROS ? i64x2.splat(-1) : i64x2.splat(0);
  let at = bulk;
  let low = UNDECIDED_LOW;
  let high = UNDECIDED_HIGH;
  for (let block = 0; block < blocks; block++) {
    at = blockAt(at, bytes);
    let ones = v128.or(v128.or(v128.load(at), v128.load(at, 16)), v128.or(v128.load(at, 32), v128.load(at, 48)));
    ones = v128.or(ones, v128.or(v128.or(v128.load(at, 64), v128.load(at, 80)), v128.load(at, 96)));
    ones = v128.or(ones, v128.and(isEighth, v128.load(at, 112)));
    at += bytes;
    // Kept always, but the next block overwrites a word without undecided trials.
    const first = ~i64x2.extract_lane(ones, 0);
    const second = ~i64x2.extract_lane(ones, 1);
    store<u64>(low, first);
    store<u64>(high, second);
    low += usize(first !== 0) << 3;
    high += usize(second !== 0) << 3;
  }
  bulk = at;
  decideWords(UNDECIDED_LOW, low, lower, upper);
  decideWords(UNDECIDED_HIGH, high, lower + 8, upper + 8);
}

/**
 * Decides the undecided trials of a list of words, one by one; what is left of a word goes to the end of the list. There is
 * room for 1024 of them; of 64 expected so many would come with a probability below e⁻¹⁹⁰⁰.
 */
function decideWords(from: usize, to: usize, lower: usize, upper: usize): void {
  let lowerHits = load<u64>(lower);
  let upperHits = load<u64>(upper);
  const lowerFirst = <u32>(lowerRest >>> 32);
  const upperFirst = <u32>(upperRest >>> 32);
  let end = to;
  for (let at = from; at < end; at += 8) {
    const word = load<u64>(at);
    const others = word & (word - 1);
    store<u64>(end, others);
    end += usize(others !== 0) << 3;
    const trial = word ^ others;
    const draw = spareDraw();
    if (draw === lowerFirst || draw === upperFirst) {
      const bits = (<u64>draw << 32) | <u64>spareDraw();
      lowerHits |= trial & -<u64>(bits < lowerRest);
      upperHits |= trial & -<u64>(bits < upperRest);
    } else {
      lowerHits |= trial & -<u64>(draw < lowerFirst);
      upperHits |= trial & -<u64>(draw < upperFirst);
    }
  }
  store<u64>(lower, lowerHits);
  store<u64>(upper, upperHits);
}

/**
 * From the last digit to the first: a trial succeeds if its digit is 0 where p has 1, and goes by the later digits where
 * they are the same. What it is worth to be undecided at the end is tried both ways.
 */
function drawDense(blocks: i32, lower: usize, upper: usize): void {
  let lowerHits = v128.load(lower);
  let upperHits = v128.load(upper);
  let at = bulk;
  for (let block = 0; block < blocks; block++) {
    at = blockAt(at, <usize>DIGITS << 4);
    let lowerLeast = i64x2.splat(0);
    let upperLeast = i64x2.splat(0);
    let lowerMost = i64x2.splat(-1);
    let upperMost = i64x2.splat(-1);
    for (let digit = 0; digit < DIGITS; digit++) {
      // A bit of 1 is a digit of 0.
      const zero = v128.load(at + (<usize>digit << 4));
      if ((lowerDigits >>> digit) & 1) {
        lowerLeast = v128.or(lowerLeast, zero);
        lowerMost = v128.or(lowerMost, zero);
      } else {
        lowerLeast = v128.and(lowerLeast, zero);
        lowerMost = v128.and(lowerMost, zero);
      }
      if ((upperDigits >>> digit) & 1) {
        upperLeast = v128.or(upperLeast, zero);
        upperMost = v128.or(upperMost, zero);
      } else {
        upperLeast = v128.and(upperLeast, zero);
        upperMost = v128.and(upperMost, zero);
      }
    }
    at += <usize>DIGITS << 4;
    lowerHits = v128.or(lowerHits, lowerLeast);
    upperHits = v128.or(upperHits, upperLeast);
    const lowerUndecided = v128.xor(lowerLeast, lowerMost);
    const upperUndecided = v128.xor(upperLeast, upperMost);
    if (!v128.any_true(v128.or(lowerUndecided, upperUndecided))) continue;
    v128.store(lower, lowerHits);
    v128.store(upper, upperHits);
    decide(i64x2.extract_lane(lowerUndecided, 0), i64x2.extract_lane(upperUndecided, 0), lower, upper);
    decide(i64x2.extract_lane(lowerUndecided, 1), i64x2.extract_lane(upperUndecided, 1), lower + 8, upper + 8);
    lowerHits = v128.load(lower);
    upperHits = v128.load(upper);
  }
  bulk = at;
  v128.store(lower, lowerHits);
  v128.store(upper, upperHits);
}

/** Decides the undecided trials of a word by 64 more digits each. */
function decide(lowerUndecided: u64, upperUndecided: u64, lower: usize, upper: usize): void {
  for (let left = lowerUndecided | upperUndecided; left !== 0; left &= left - 1) {
    const trial = left & -left;
    const bits = (<u64>spareDraw() << 32) | <u64>spareDraw();
    if (bits < lowerRest) store<u64>(lower, load<u64>(lower) | (trial & lowerUndecided));
    if (bits < upperRest) store<u64>(upper, load<u64>(upper) | (trial & upperUndecided));
  }
}
