// The gains of a round's appearances: read from a table by step, or log-normal on an AR(1) path (process/gains/lognormal.ts).

import { exponential, placeExponential } from './exp';
import { GAINS, GAPS, LANES, lanes, LOWER_NORMALS, PATHS, UPPER_NORMALS } from './lanes';
import { normalOf, placeZiggurat, spareNormal, ZIGGURAT_BYTES } from './normal';

const BY_STEP: i32 = 0;
const SHARED_PATH: i32 = 1;

let kind: i32 = BY_STEP;
let byStep: usize = 0;
let sigma: f64 = 0;
let meanGain: f64 = 0;
let powers: usize = 0;
let widths: usize = 0;
let longestGap: i32 = 0;

/** Gains that are a function of the step: c_t at index t of f64 [steps + 1]. */
export function gainsByStep(table: usize): void {
  kind = BY_STEP;
  byStep = table;
}

/**
 * Log-normal gains c·exp(σx − σ²/2).
 *
 * @param kind_ 1 if the runs share x, 2 if each has its own
 * @param powers_ f64 [steps + 1]: ρ^g at index g, and `widths_` √(1 − ρ^{2g})
 * @param tables room for the ziggurat and the exponential's table
 */
export function lognormalGains(
  kind_: i32, sigma_: f64, meanGain_: f64, powers_: usize, widths_: usize, steps: i32, tables: usize,
): void {
  kind = kind_;
  sigma = sigma_;
  meanGain = meanGain_;
  powers = powers_;
  widths = widths_;
  longestGap = steps;
  placeZiggurat(tables);
  placeExponential(tables + ZIGGURAT_BYTES);
}

/** Draws that a round takes, in fours: gaps and thinning, then 64 bits for each normal. */
@inline export function quadsOfRound(): i32 {
  return kind === BY_STEP ? 32 : kind === SHARED_PATH ? 64 : 96;
}

/** (c, c) or (c′, c″) of a lane's appearance. */
@inline export function gainsOf(lane: usize, step: i32): v128 {
  return kind === BY_STEP ? v128.load64_splat(byStep + (<usize>step << 3)) : v128.load(lanes + GAINS + (lane << 4));
}

/** Starts the paths of a new pair from their stationary law. */
export function startPaths(lane: usize): void {
  if (kind === BY_STEP) return;
  const upper = spareNormal();
  const lower = kind === SHARED_PATH ? upper : spareNormal();
  v128.store(lanes + PATHS + (lane << 4), f64x2.replace_lane(f64x2.splat(lower), 1, upper));
}

/** Takes every path over the gap to its pair's appearance in one jump, and makes the gains there. */
export function drawGains(): void {
  if (kind === BY_STEP) return;
  const base = lanes;
  const scale = f64x2.splat(meanGain);
  const spread = f64x2.splat(sigma);
  const shift = f64x2.splat((sigma * sigma) / 2.0);
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    // A lane with no pair in it may have any gap.
    const gap = min<i32>(load<i32>(base + GAPS + (lane << 2)), longestGap);
    const upper = normalOf(load<u64>(base + UPPER_NORMALS + (lane << 3)));
    const lower = kind === SHARED_PATH ? upper : normalOf(load<u64>(base + LOWER_NORMALS + (lane << 3)));
    const normals = f64x2.replace_lane(f64x2.splat(lower), 1, upper);
    const path = base + PATHS + (lane << 4);
    const kept = f64x2.mul(v128.load64_splat(powers + (<usize>gap << 3)), v128.load(path));
    const x = f64x2.add(kept, f64x2.mul(v128.load64_splat(widths + (<usize>gap << 3)), normals));
    v128.store(path, x);
    const exponent = f64x2.sub(f64x2.mul(spread, x), shift);
    v128.store(base + GAINS + (lane << 4), f64x2.mul(scale, exponential(exponent)));
  }
}
