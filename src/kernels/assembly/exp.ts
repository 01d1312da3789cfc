// e^x for two numbers at a time: x = (64 n + k) ln2/64 + r, e^x = 2^n · 2^(k/64) · e^r, with a polynomial for |r| ≤ ln2/128.

const ENTRIES: i32 = 64;
const PER_STEP: f64 = 92.33248261689366;
// ln2/64 as a number of 26 bits, whose products with whole numbers are exact, and the rest.
const STEP_HIGH: f64 = 0.010830424493178725;
const STEP_LOW: f64 = 2.030704202170295e-10;

let table: usize = 0;

/** Makes the table of 2^(k/64), of 512 bytes, at an address. */
export function placeExponential(address: usize): void {
  table = address;
  for (let entry = 0; entry < ENTRIES; entry++) {
    store<f64>(table + (<usize>entry << 3), Math.exp(<f64>entry * 0.010830424696249145));
  }
}

/** e^x in both lanes, for |x| below 700, within two units in the last place. */
@inline export function exponential(x: v128): v128 {
  const quotient = f64x2.nearest(f64x2.mul(x, f64x2.splat(PER_STEP)));
  const rest = f64x2.sub(
    f64x2.sub(x, f64x2.mul(quotient, f64x2.splat(STEP_HIGH))),
    f64x2.mul(quotient, f64x2.splat(STEP_LOW)),
  );
  // e^r − 1 = r + r²/2 + r³/6 + r⁴/24 + r⁵/120: the next term is below 4e-17.
  let series = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(rest, f64x2.splat(1.0 / 120.0)));
  series = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(rest, series));
  series = f64x2.add(f64x2.splat(0.5), f64x2.mul(rest, series));
  series = f64x2.add(rest, f64x2.mul(f64x2.mul(rest, rest), series));
  const whole = i32x4.trunc_sat_f64x2_s_zero(quotient);
  const first = i32x4.extract_lane(whole, 0);
  const second = i32x4.extract_lane(whole, 1);
  let scale = f64x2.splat(load<f64>(table + (<usize>(first & 63) << 3)));
  scale = f64x2.replace_lane(scale, 1, load<f64>(table + (<usize>(second & 63) << 3)));
  const exponents = i64x2.replace_lane(i64x2.splat(<i64>(first >> 6) << 52), 1, <i64>(second >> 6) << 52);
  return i64x2.add(f64x2.add(scale, f64x2.mul(scale, series)), exponents);
}
