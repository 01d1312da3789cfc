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
/** Of the single exponential: the least argument, 1/ln2, the rounding constant, both parts of ln2, and the coefficients. */
export const SINGLE_LEAST: usize = SPLATS + 192;
export const SINGLE_PER_STEP: usize = SPLATS + 208;
export const SINGLE_TO_INTEGER: usize = SPLATS + 224;
export const SINGLE_STEP_HIGH: usize = SPLATS + 240;
export const SINGLE_STEP_LOW: usize = SPLATS + 256;
export const SINGLE_ONE: usize = SPLATS + 272;
export const SINGLE_HALF: usize = SPLATS + 288;
export const SINGLE_THIRD_ORDER: usize = SPLATS + 304;
export const SINGLE_FOURTH_ORDER: usize = SPLATS + 320;
export const SINGLE_FIFTH_ORDER: usize = SPLATS + 336;
export const SINGLE_SIXTH_ORDER: usize = SPLATS + 352;
/** The least argument of the double exponential of a softmax. */
export const LEAST: usize = SPLATS + 368;

/** What counts as rounding between two squared norms, as a share: `roundingMargin` of process/order.ts. */
export const ROUNDING_MARGIN: usize = SPLATS + 384;

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
  v128.store(SINGLE_LEAST, f32x4.splat(-87));
  v128.store(SINGLE_PER_STEP, f32x4.splat(1.44269504));
  v128.store(SINGLE_TO_INTEGER, f32x4.splat(12582912.0));
  // ln2 as a number of 9 bits, whose products with whole numbers are exact, and the rest.
  v128.store(SINGLE_STEP_HIGH, f32x4.splat(0.693359375));
  v128.store(SINGLE_STEP_LOW, f32x4.splat(-2.12194440e-4));
  v128.store(SINGLE_ONE, f32x4.splat(1));
  v128.store(SINGLE_HALF, f32x4.splat(0.5));
  v128.store(SINGLE_THIRD_ORDER, f32x4.splat(1.6666665e-1));
  v128.store(SINGLE_FOURTH_ORDER, f32x4.splat(4.1665795e-2));
  v128.store(SINGLE_FIFTH_ORDER, f32x4.splat(8.3334519e-3));
  v128.store(SINGLE_SIXTH_ORDER, f32x4.splat(1.3981999e-3));
  v128.store(LEAST, f64x2.splat(-700));
  v128.store(ROUNDING_MARGIN, f64x2.splat(1.4210854715202004e-14));
}
