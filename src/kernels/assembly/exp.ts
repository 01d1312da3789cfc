// a·e^x for two numbers at a time: x = (256 n + k) ln2/256 + r, a·e^x = 2^n · a·2^(k/256) · e^r, with a polynomial for
// |r| ≤ ln2/512.

import { POWERS_OF_TWO } from './memory';
import { HALF, PER_STEP, SIXTH, STEP_HIGH, STEP_LOW, TO_INTEGER, TWENTY_FOURTH } from './splats';

const ENTRIES: i32 = 256;

/** Makes the table of a·2^(k/256) for a = c·exp(−σ²/2) between 1e-115 and 1e100. */
export function placeExponential(a: f64): void {
  for (let entry = 0; entry < ENTRIES; entry++) {
    store<f64>(POWERS_OF_TWO + (<usize>entry << 3), a * Math.exp(<f64>entry * 0.0027076061740622863));
  }
}

/** a·e^x in both lanes, for |x| below 400, within three units in the last place. */
@inline export function exponential(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, v128.load(PER_STEP)), v128.load(TO_INTEGER));
  const quotient = f64x2.sub(shifted, v128.load(TO_INTEGER));
  const rest = f64x2.sub(
    f64x2.sub(x, f64x2.mul(quotient, v128.load(STEP_HIGH))),
    f64x2.mul(quotient, v128.load(STEP_LOW)),
  );
  // e^r − 1 = r + r²/2 + r³/6 + r⁴/24: the next term is below 4e-17.
  const square = f64x2.mul(rest, rest);
  const low = f64x2.add(v128.load(HALF), f64x2.mul(rest, v128.load(SIXTH)));
  const high = f64x2.mul(square, v128.load(TWENTY_FOURTH));
  const series = f64x2.add(rest, f64x2.mul(square, f64x2.add(low, high)));
  const first = <usize>i64x2.extract_lane(shifted, 0) & 255;
  const second = <usize>i64x2.extract_lane(shifted, 1) & 255;
  let scale = v128.load64_zero(first << 3, POWERS_OF_TWO);
  scale = v128.load64_lane(second << 3, scale, 1, POWERS_OF_TWO);
  // n is in the bits above k; what lies above n is shifted out.
  const exponents = i64x2.shl(i64x2.shr_u(shifted, 8), 52);
  return i64x2.add(f64x2.add(scale, f64x2.mul(scale, series)), exponents);
}
