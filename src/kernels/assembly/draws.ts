// The chunk's draws: a round's worth at once for the stages, and spare ones for what needs more than one.

import { DRAWS, lanes, SPARE } from './lanes';
import { fillDraws } from './xoshiro';

const SPARE_DRAWS: i32 = 64;

let generators: usize = 0;
let spareLeft: i32 = 0;

/** Starts to draw from generators seeded by the caller: see `fillDraws`. */
export function openDraws(address: usize): void {
  generators = address;
  spareLeft = 0;
}

/** Draws a round's numbers: four times `quads` of 32 bits. */
export function drawRound(quads: i32): void {
  fillDraws(generators, lanes + DRAWS, quads);
}

export function spareDraw(): u32 {
  if (spareLeft === 0) {
    fillDraws(generators, lanes + SPARE, SPARE_DRAWS >> 2);
    spareLeft = SPARE_DRAWS;
  }
  spareLeft -= 1;
  return load<u32>(lanes + SPARE + (<usize>spareLeft << 2));
}

export function spareBits(): u64 {
  const high = <u64>spareDraw();
  return (high << 32) | <u64>spareDraw();
}

/** Uniform on (−1, 1), from the upper 53 bits of 64. */
@inline export function signedUniform(bits: u64): f64 {
  return (<f64>(bits >>> 11) + 0.5) * 2.220446049250313e-16 - 1.0;
}

/** Uniform on (0, 1) with 53 bits. */
export function spareUniform(): f64 {
  return (signedUniform(spareBits()) + 1.0) / 2.0;
}
