// Whether the lower run appears where the upper one does: V < a′/a″, decided by 16 bits of V, or by 64 where those are equal.

import { spareBits } from './draws';

let first: i32 = 0;
let rest: u64 = 0;
let isCertain: bool = false;

/** @param digits ⌊2⁶⁴ a′/a″⌋; of no matter where a′ = a″, which `isCertain_` says */
export function openThinning(digits: u64, isCertain_: bool): void {
  first = <i32>(digits >>> 48) - 32_768;
  rest = digits & 0xffff_ffff_ffff;
  isCertain = isCertain_;
}

export function isAlwaysThinned(): bool {
  return isCertain;
}

/** The first 16 binary digits of a′/a″, in every lane, for a comparison with draws as signed numbers. */
@inline export function thinningDigits(): v128 {
  return i16x8.splat(<i16>first);
}

/** Decides for a draw whose 16 bits are those of a′/a″. */
export function decideTie(): bool {
  return isCertain || spareBits() >>> 16 < rest;
}
