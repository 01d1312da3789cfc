// The gains of a round's appearances: read from a table by step, or log-normal on an AR(1) path (process/gains/lognormal.ts).

import { exponential, placeExponential } from './exp';
import {
  CLOCKS, GAPS, LANES, LOWER_GAINS, LOWER_PATHS, ROUND_LOWER_NORMALS, ROUND_UPPER_NORMALS, UPPER_GAINS, UPPER_PATHS,
} from './memory';
import { normalsAt, placeZiggurat, spareNormal } from './normal';

const BY_STEP: i32 = 0;
const SHARED_PATH: i32 = 1;
const OWN_PATHS: i32 = 2;

let kind: i32 = BY_STEP;
let byStep: usize = 0;
let sigma: f64 = 0;
let jumps: usize = 0;

/** Gains that are a function of the step: c_t at index t of f64 [steps + 1]. */
export function openGainsByStep(table: usize): void {
  kind = BY_STEP;
  byStep = table;
}

/**
 * Log-normal gains c·exp(σx − σ²/2); the paths are those of σx.
 *
 * @param isShared whether the runs share x, or each has its own
 * @param scale c·exp(−σ²/2)
 * @param jumps_ f64 [steps + 1][2]: (ρ^g, σ√(1 − ρ^{2g})) at index g
 */
export function openLognormalGains(isShared: bool, sigma_: f64, scale: f64, jumps_: usize): void {
  kind = isShared ? SHARED_PATH : OWN_PATHS;
  sigma = sigma_;
  jumps = jumps_;
  placeZiggurat();
  placeExponential(scale);
}

/** Bytes of draws that a round takes for its gains: 64 bits for each normal. */
@inline export function gainDrawBytes(): usize {
  return kind === BY_STEP ? 0 : kind === SHARED_PATH ? 512 : 1024;
}

/** Where the lower run's gains are, f64 [64]: those of the upper run, unless each run has its own. */
@inline export function lowerGains(): usize {
  return kind === OWN_PATHS ? LOWER_GAINS : UPPER_GAINS;
}

/** Starts the paths of a new pair from their stationary law. */
export function startPaths(lane: usize): void {
  if (kind === BY_STEP) return;
  store<f64>(UPPER_PATHS + (lane << 3), sigma * spareNormal());
  if (kind === OWN_PATHS) store<f64>(LOWER_PATHS + (lane << 3), sigma * spareNormal());
}

/** Makes the gains of every lane's appearance. */
export function drawGains(): void {
  if (kind === BY_STEP) {
    readGains();
    return;
  }
  jump(UPPER_PATHS, ROUND_UPPER_NORMALS, UPPER_GAINS);
  if (kind === OWN_PATHS) jump(LOWER_PATHS, ROUND_LOWER_NORMALS, LOWER_GAINS);
}

function readGains(): void {
  for (let word: usize = 0; word < <usize>LANES << 2; word += 16) {
    const at = word << 1;
    store<f64>(at, gainAt(load<u32>(word, CLOCKS)), UPPER_GAINS);
    store<f64>(at, gainAt(load<u32>(word, CLOCKS + 4)), UPPER_GAINS + 8);
    store<f64>(at, gainAt(load<u32>(word, CLOCKS + 8)), UPPER_GAINS + 16);
    store<f64>(at, gainAt(load<u32>(word, CLOCKS + 12)), UPPER_GAINS + 24);
  }
}

@inline function gainAt(step: u32): f64 {
  return load<f64>(byStep + (<usize>step << 3));
}

/** Takes one run's paths over the gap to their appearance in one jump, x ← ρ^g x + √(1 − ρ^{2g}) z, four at a time. */
@inline function jump(paths: usize, normals: usize, gains: usize): void {
  for (let at: usize = 0; at < <usize>LANES << 3; at += 32) {
    const x = jumpTwo(at, paths + at, normals + at);
    const y = jumpTwo(at + 16, paths + at + 16, normals + at + 16);
    v128.store(gains + at, exponential(x));
    v128.store(gains + at, exponential(y), 16);
  }
}

@inline function jumpTwo(at: usize, path: usize, normals: usize): v128 {
  const first = v128.load(jumps + (<usize>load<u32>(at >> 1, GAPS) << 4));
  const second = v128.load(jumps + (<usize>load<u32>(at >> 1, GAPS + 4) << 4));
  const kept = f64x2.mul(v128.shuffle<u64>(first, second, 0, 2), v128.load(path));
  const x = f64x2.add(kept, f64x2.mul(v128.shuffle<u64>(first, second, 1, 3), normalsAt(normals)));
  v128.store(path, x);
  return x;
}
