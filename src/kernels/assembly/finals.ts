// The moments and histograms of the final states: the kernels' twin of statistics/joint-moments.ts and float-histogram.ts.

/** Squared norms have bins 2⁻¹⁰ of an octave wide: the exponent and 10 bits of the mantissa. */
const BIN_SHIFT: i64 = 42;

/**
 * The first pass, with sums of the distances from the first pair: f64x2 [4] of the means of (‖q′‖, ‖q″‖) and of (s′, s″),
 * and of the least and the greatest (s′, s″).
 *
 * @param finals f64x2 [replicates]: (s′, s″)
 */
export function meansOfFinals(finals: usize, replicates: i32, out: usize): void {
  const first = v128.load(finals);
  const firstNorms = f64x2.sqrt(first);
  let norms = f64x2.splat(0);
  let states = f64x2.splat(0);
  let least = f64x2.splat(Infinity);
  let greatest = f64x2.splat(0);
  const end = finals + (<usize>replicates << 4);
  for (let at = finals; at < end; at += 16) {
    const state = v128.load(at);
    norms = f64x2.add(norms, f64x2.sub(f64x2.sqrt(state), firstNorms));
    states = f64x2.add(states, f64x2.sub(state, first));
    least = f64x2.pmin(least, state);
    greatest = f64x2.pmax(greatest, state);
  }
  const count = f64x2.splat(<f64>replicates);
  v128.store(out, f64x2.add(firstNorms, f64x2.div(norms, count)));
  v128.store(out, f64x2.add(first, f64x2.div(states, count)), 16);
  v128.store(out, least, 32);
  v128.store(out, greatest, 48);
}

/**
 * The second pass: f64x2 [12] of Σ (x − x̄)^j (y − ȳ)^k, of the norms in the first lane and of the squared norms in the
 * second, in the order of `orders` in joint-moments.ts.
 *
 * @param means what the first pass gave
 */
export function momentsOfFinals(finals: usize, replicates: i32, means: usize, out: usize): void {
  const norms = v128.load(means);
  const states = v128.load(means, 16);
  const lowerMean = v128.shuffle<u64>(norms, states, 0, 2);
  const upperMean = v128.shuffle<u64>(norms, states, 1, 3);
  let m20 = f64x2.splat(0), m11 = f64x2.splat(0), m02 = f64x2.splat(0);
  let m30 = f64x2.splat(0), m21 = f64x2.splat(0), m12 = f64x2.splat(0), m03 = f64x2.splat(0);
  let m40 = f64x2.splat(0), m31 = f64x2.splat(0), m22 = f64x2.splat(0), m13 = f64x2.splat(0), m04 = f64x2.splat(0);
  const end = finals + (<usize>replicates << 4);
  for (let at = finals; at < end; at += 16) {
    const state = v128.load(at);
    const norm = f64x2.sqrt(state);
    const x = f64x2.sub(v128.shuffle<u64>(norm, state, 0, 2), lowerMean);
    const y = f64x2.sub(v128.shuffle<u64>(norm, state, 1, 3), upperMean);
    const xx = f64x2.mul(x, x);
    const xy = f64x2.mul(x, y);
    const yy = f64x2.mul(y, y);
    m20 = f64x2.add(m20, xx);
    m11 = f64x2.add(m11, xy);
    m02 = f64x2.add(m02, yy);
    m30 = f64x2.add(m30, f64x2.mul(xx, x));
    m21 = f64x2.add(m21, f64x2.mul(xx, y));
    m12 = f64x2.add(m12, f64x2.mul(x, yy));
    m03 = f64x2.add(m03, f64x2.mul(yy, y));
    m40 = f64x2.add(m40, f64x2.mul(xx, xx));
    m31 = f64x2.add(m31, f64x2.mul(xx, xy));
    m22 = f64x2.add(m22, f64x2.mul(xx, yy));
    m13 = f64x2.add(m13, f64x2.mul(xy, yy));
    m04 = f64x2.add(m04, f64x2.mul(yy, yy));
  }
  v128.store(out, m20);
  v128.store(out, m11, 16);
  v128.store(out, m02, 32);
  v128.store(out, m30, 48);
  v128.store(out, m21, 64);
  v128.store(out, m12, 80);
  v128.store(out, m03, 96);
  v128.store(out, m40, 112);
  v128.store(out, m31, 128);
  v128.store(out, m22, 144);
  v128.store(out, m13, 160);
  v128.store(out, m04, 176);
}

/**
 * Counts one run's final squared norms in bins.
 *
 * @param finals f64 [replicates][2], from the run's first
 * @param counts u32, wide enough: bin 0 is `firstBin`
 */
export function countFinals(finals: usize, replicates: i32, counts: usize, firstBin: u32): void {
  const end = finals + (<usize>replicates << 4);
  for (let at = finals; at < end; at += 16) {
    const bin = <u32>(load<u64>(at) >>> BIN_SHIFT) - firstBin;
    const place = counts + (<usize>bin << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
}
