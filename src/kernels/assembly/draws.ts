// The chunk's draws: in bulk for the stages, and spare ones for what needs more than one.

import { BULK, BULK_BYTES, GENERATORS, SPARE } from './memory';
import { fillDraws } from './sfc32';
import { placeSplats } from './splats';

const SPARE_BYTES: usize = 240;
/** Fifteen rounds part the streams of neighbouring keys. */
const DISCARDED_BYTES: usize = 15 * 48;

let spare: usize = SPARE;

/** Starts the generators, whose words a, b and c the caller has put at `GENERATORS`. */
export function openDraws(): usize {
  placeSplats();
  v128.store(GENERATORS, i32x4.splat(1), 144);
  fillDraws(BULK, DISCARDED_BYTES);
  spare = SPARE;
  return GENERATORS;
}

/** Fills the whole bulk. */
export function drawBulk(): void {
  fillDraws(BULK, BULK_BYTES);
}

export function spareDraw(): u32 {
  if (spare === SPARE) {
    fillDraws(SPARE, SPARE_BYTES);
    spare = SPARE + SPARE_BYTES;
  }
  spare -= 4;
  return load<u32>(spare);
}

export function spareBits(): u64 {
  const high = <u64>spareDraw();
  return (high << 32) | <u64>spareDraw();
}

/**
 * Uniform on (0, 1] with 53 bits. Below 1/2 these are the middles of the 2⁵³ equal parts of (0, 1); above, where a middle needs a
 * bit more than a number has, it is rounded to even, and the last to exactly 1, with probability 2⁻⁵³. Never 0: a logarithm is
 * finite, and at 1 it is 0.
 */
export function spareUniform(): f64 {
  return (<f64>(spareBits() >>> 11) + 0.5) * 1.1102230246251565e-16;
}
