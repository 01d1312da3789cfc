// Numbers in every lane, read from memory: V8 makes a constant vector again, in three instructions, wherever it is used.

import { SPLATS } from './memory';

/** i32x4 of 1. */
export const ONES: usize = SPLATS;
/** Of the exponential: 256/ln2, the rounding constant, both parts of ln2/256, and the coefficients of the series. */
export const PER_STEP: usize = SPLATS + 16;
export const TO_INTEGER: usize = SPLATS + 32;
export const STEP_HIGH: usize = SPLATS + 48;
export const STEP_LOW: usize = SPLATS + 64;
export const HALF: usize = SPLATS + 80;
export const SIXTH: usize = SPLATS + 96;
export const TWENTY_FOURTH: usize = SPLATS + 112;
/** Of the normals: the exponent of the numbers from 1 to 2, 3/2, half the grain of such a number, and all but the sign. */
export const FROM_ONE_TO_TWO: usize = SPLATS + 128;
export const THREE_HALVES: usize = SPLATS + 144;
export const HALF_GRAIN: usize = SPLATS + 160;
export const MAGNITUDE: usize = SPLATS + 176;

export function placeSplats(): void {
  v128.store(ONES, i32x4.splat(1));
  v128.store(PER_STEP, f64x2.splat(369.3299304675746));
  // Added to a small number, it leaves that number's integer part in the last bits.
  v128.store(TO_INTEGER, f64x2.splat(6755399441055744.0));
  // ln2/256 as a number of 26 bits, whose products with whole numbers are exact, and the rest.
  v128.store(STEP_HIGH, f64x2.splat(0.0027076061232946813));
  v128.store(STEP_LOW, f64x2.splat(5.076760505425738e-11));
  v128.store(HALF, f64x2.splat(0.5));
  v128.store(SIXTH, f64x2.splat(1.0 / 6.0));
  v128.store(TWENTY_FOURTH, f64x2.splat(1.0 / 24.0));
  v128.store(FROM_ONE_TO_TWO, i64x2.splat(0x3ff0_0000_0000_0000));
  v128.store(THREE_HALVES, f64x2.splat(1.5));
  v128.store(HALF_GRAIN, f64x2.splat(1.1102230246251565e-16));
  v128.store(MAGNITUDE, i64x2.splat(0x7fff_ffff_ffff_ffff));
}
