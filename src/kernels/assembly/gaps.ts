// Geometric gaps between the upper run's appearances: the twin of coupling/gaps.ts.

import { spareDraw } from './draws';
import { GAP_TABLE } from './memory';

/** What the table holds where the bits do not decide: longer than any training, so that it shows as one that is over. */
export const UNDECIDED_GAP: i32 = 1 << 28;

let logAbsence: f64 = 0;
let longest: f64 = 0;

/**
 * @param logAbsence_ log(1 − a″) < 0; its table, u32 [4096], is at `GAP_TABLE`: see `fillGapTable`
 * @param steps length of the training: of longer gaps nothing else matters
 */
export function openGaps(logAbsence_: f64, steps: i32): usize {
  logAbsence = logAbsence_;
  longest = <f64>steps;
  return GAP_TABLE;
}

/** The gap that the top 12 bits of the 16-bit draw at an address decide, or `UNDECIDED_GAP`. */
@inline export function tableGap(draw: usize): i32 {
  return load<i32>((<usize>load<u16>(draw) >> 4) << 2, GAP_TABLE);
}

/** The gap of the 16-bit draw at an address. */
export function gapOf(draw: usize): i32 {
  const gap = tableGap(draw);
  return gap === UNDECIDED_GAP ? gapWithin(<u32>load<u16>(draw) >> 4) : gap;
}

/** A gap drawn from 32 spare bits. */
export function spareGap(): i32 {
  const bucket = spareDraw() >>> 20;
  const gap = load<i32>(GAP_TABLE + (<usize>bucket << 2));
  return gap === UNDECIDED_GAP ? gapWithin(bucket) : gap;
}

/** Within the bucket, from 53 fresh bits: U = (bucket + V)/4096, gap = 1 + ⌊log(1 − U)/log(1 − a″)⌋. */
function gapWithin(bucket: u32): i32 {
  const high = spareDraw() >>> 5;
  const low = spareDraw() >>> 6;
  const v = (<f64>high * 67108864.0 + <f64>low) * 1.1102230246251565e-16;
  const quotient = Math.log1p(-(<f64>bucket + v) / 4096.0) / logAbsence;
  return 1 + <i32>Math.floor(min<f64>(quotient, longest));
}
