// Geometric gaps between the upper run's appearances: the twin of coupling/gaps.ts.

import { spareDraw } from './draws';

let gapTable: usize = 0;
let logAbsence: f64 = 0;
let longest: f64 = 0;

/**
 * @param table u16 [4096]: the gap for each value of a draw's top 12 bits, 0 where they do not decide it
 * @param logAbsence_ log(1 − a″) < 0
 * @param steps length of the training: of longer gaps nothing else matters
 */
export function placeGaps(table: usize, logAbsence_: f64, steps: i32): void {
  gapTable = table;
  logAbsence = logAbsence_;
  longest = <f64>steps;
}

@inline export function gapOf(draw: u32): i32 {
  const gap = <i32>load<u16>(gapTable + (<usize>(draw >>> 20) << 1));
  return gap !== 0 ? gap : undecidedGap(draw >>> 20);
}

/** Within the bucket, from 53 fresh bits: U = (bucket + V)/4096, gap = 1 + ⌊log(1 − U)/log(1 − a″)⌋. */
function undecidedGap(bucket: u32): i32 {
  const high = spareDraw() >>> 5;
  const low = spareDraw() >>> 6;
  const v = (<f64>high * 67108864.0 + <f64>low) * 1.1102230246251565e-16;
  const quotient = Math.log1p(-(<f64>bucket + v) / 4096.0) / logAbsence;
  return 1 + <i32>Math.floor(min<f64>(quotient, longest));
}
