// e^(x − max) of a row of scores, and their sum.

import { exponential } from './exp';
import { lanes } from './products';
import {
  LEAST, SINGLE_FIFTH_ORDER, SINGLE_FOURTH_ORDER, SINGLE_HALF, SINGLE_LEAST, SINGLE_ONE, SINGLE_PER_STEP,
  SINGLE_SIXTH_ORDER, SINGLE_STEP_HIGH, SINGLE_STEP_LOW, SINGLE_THIRD_ORDER, SINGLE_TO_INTEGER,
} from './splats';

/** e^x in four lanes for x in [−87, 0], within two units in the last place: x = n ln2 + r, a polynomial for |r| ≤ ln2/2. */
@inline function singleExponential(x: v128): v128 {
  const shifted = f32x4.add(f32x4.mul(x, v128.load(SINGLE_PER_STEP)), v128.load(SINGLE_TO_INTEGER));
  const quotient = f32x4.sub(shifted, v128.load(SINGLE_TO_INTEGER));
  const rest = f32x4.sub(
    f32x4.sub(x, f32x4.mul(quotient, v128.load(SINGLE_STEP_HIGH))),
    f32x4.mul(quotient, v128.load(SINGLE_STEP_LOW)),
  );
  // e^r = 1 + r + r²(a + br + r²(c + dr + er²)), the coefficients those of the least error rather than of the series.
  const square = f32x4.mul(rest, rest);
  const low = f32x4.add(v128.load(SINGLE_HALF), f32x4.mul(rest, v128.load(SINGLE_THIRD_ORDER)));
  const middle = f32x4.add(v128.load(SINGLE_FOURTH_ORDER), f32x4.mul(rest, v128.load(SINGLE_FIFTH_ORDER)));
  const high = f32x4.add(middle, f32x4.mul(square, v128.load(SINGLE_SIXTH_ORDER)));
  const series = f32x4.add(rest, f32x4.mul(square, f32x4.add(low, f32x4.mul(square, high))));
  return i32x4.add(f32x4.add(v128.load(SINGLE_ONE), series), i32x4.shl(shifted, 23));
}

/** e^x for x ≤ 0; e^−700 (single: e^−87) stands for what is smaller still. */
@inline function decay<T>(x: v128): v128 {
  if (sizeof<T>() === 8) return exponential(f64x2.pmax(x, v128.load(LEAST)));
  return singleExponential(f32x4.pmax(x, v128.load(SINGLE_LEAST)));
}

/** The greatest entry of a row. */
@inline export function greatest<T>(row: usize, bytes: usize): T {
  // pmax, one instruction where max has six; a NaN that it passes over comes back in the sum.
  let even = v128.load(row);
  let odd = even;
  const end = row + bytes;
  for (let at = row; at < end; at += 32) {
    even = v128.pmax<T>(even, v128.load(at));
    odd = v128.pmax<T>(odd, v128.load(at, 16));
  }
  let most = v128.pmax<T>(even, odd);
  most = v128.pmax<T>(most, v128.shuffle<u64>(most, most, 1, 0));
  if (lanes<T>() === 4) most = v128.pmax<T>(most, v128.shuffle<u32>(most, most, 1, 0, 3, 2));
  return v128.extract_lane<T>(most, 0);
}

/** Puts e^(x − greatest) in the place of every entry x of a row, an even number of vectors; returns their sum. */
@inline export function exponentiate<T>(row: usize, bytes: usize, largest: T): T {
  return sizeof<T>() === 8 ? <T>exponentiateDouble(row, bytes, <f64>largest) : <T>exponentiateSingle(row, bytes, <f32>largest);
}

function exponentiateDouble(row: usize, bytes: usize, largest: f64): f64 {
  const shift = v128.splat<f64>(largest);
  let even = v128.splat<f64>(0);
  let odd = even;
  const end = row + bytes;
  for (let at = row; at < end; at += 32) {
    const left = decay<f64>(v128.sub<f64>(v128.load(at), shift));
    const right = decay<f64>(v128.sub<f64>(v128.load(at, 16), shift));
    v128.store(at, left);
    v128.store(at, right, 16);
    even = v128.add<f64>(even, left);
    odd = v128.add<f64>(odd, right);
  }
  return sumOfLanes<f64>(v128.add<f64>(even, odd));
}

function exponentiateSingle(row: usize, bytes: usize, largest: f32): f32 {
  const shift = v128.splat<f32>(largest);
  const least = v128.load(SINGLE_LEAST), perStep = v128.load(SINGLE_PER_STEP), toInteger = v128.load(SINGLE_TO_INTEGER);
  const stepHigh = v128.load(SINGLE_STEP_HIGH), stepLow = v128.load(SINGLE_STEP_LOW), one = v128.load(SINGLE_ONE);
  const half = v128.load(SINGLE_HALF), third = v128.load(SINGLE_THIRD_ORDER), fourth = v128.load(SINGLE_FOURTH_ORDER);
  const fifth = v128.load(SINGLE_FIFTH_ORDER), sixth = v128.load(SINGLE_SIXTH_ORDER);
  let total = v128.splat<f32>(0);
  const end = row + bytes;
  for (let at = row; at < end; at += 16) {
    const x = f32x4.pmax(f32x4.sub(v128.load(at), shift), least);
    const shifted = f32x4.add(f32x4.mul(x, perStep), toInteger);
    const quotient = f32x4.sub(shifted, toInteger);
    const rest = f32x4.sub(f32x4.sub(x, f32x4.mul(quotient, stepHigh)), f32x4.mul(quotient, stepLow));
    const square = f32x4.mul(rest, rest);
    const low = f32x4.add(half, f32x4.mul(rest, third));
    const high = f32x4.add(f32x4.add(fourth, f32x4.mul(rest, fifth)), f32x4.mul(square, sixth));
    const series = f32x4.add(rest, f32x4.mul(square, f32x4.add(low, f32x4.mul(square, high))));
    const weight = i32x4.add(f32x4.add(one, series), i32x4.shl(shifted, 23));
    v128.store(at, weight);
    total = f32x4.add(total, weight);
  }
  return sumOfLanes<f32>(total);
}

@inline export function sumOfLanes<T>(x: v128): T {
  let sum = v128.add<T>(x, v128.shuffle<u64>(x, x, 1, 0));
  if (lanes<T>() === 4) sum = v128.add<T>(sum, v128.shuffle<u32>(sum, sum, 1, 0, 3, 2));
  return v128.extract_lane<T>(sum, 0);
}
