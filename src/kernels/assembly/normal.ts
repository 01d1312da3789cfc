// Standard normals by the ziggurat (Marsaglia and Tsang 2000) in Doornik's form (2005): 128 layers of equal area, the layer
// and the place in it from separate bits.

/** Where the tail begins, and the area of a layer. */
const TAIL: f64 = 3.442619855899;
const AREA: f64 = 9.91256303526217e-3;
const LAYERS: i32 = 128;

// edges: f64 [129], the right ends of the layers; ratios: f64 [128], the share of a layer that lies under the next one.
const EDGES: usize = 0;
const RATIOS: usize = 8 * 129;

/** Bytes of the ziggurat's table. */
export const ZIGGURAT_BYTES: usize = 8 * (129 + 128);

@inline function density(x: f64): f64 {
  return Math.exp(-0.5 * x * x);
}

/** Fills the ziggurat's table. */
export function fillZiggurat(table: usize): void {
  let height = density(TAIL);
  store<f64>(table + EDGES, AREA / height);
  store<f64>(table + EDGES, TAIL, 8);
  for (let layer = 2; layer < LAYERS; layer++) {
    const inner = Math.sqrt(-2.0 * Math.log(AREA / load<f64>(table + EDGES + (<usize>(layer - 1) << 3)) + height));
    store<f64>(table + EDGES + (<usize>layer << 3), inner);
    height = density(inner);
  }
  store<f64>(table + EDGES + (<usize>LAYERS << 3), 0.0);
  for (let layer = 0; layer < LAYERS; layer++) {
    const edge = table + EDGES + (<usize>layer << 3);
    store<f64>(table + RATIOS + (<usize>layer << 3), load<f64>(edge, 8) / load<f64>(edge));
  }
}

/** Uniform on (−1, 1), from the upper 53 bits of 64. */
@inline export function signedUniform(bits: u64): f64 {
  return (<f64>(bits >>> 11) + 0.5) * 2.220446049250313e-16 - 1.0;
}

/** The layer, from the lowest bits that `signedUniform` leaves alone. */
@inline export function layerOf(bits: u64): i32 {
  return <i32>(bits & 127);
}

@inline export function isInside(table: usize, layer: i32, u: f64): bool {
  return abs<f64>(u) < load<f64>(table + RATIOS + (<usize>layer << 3));
}

@inline export function edgeOf(table: usize, layer: i32): f64 {
  return load<f64>(table + EDGES + (<usize>layer << 3));
}

/** Whether a point between a layer's two edges lies under the density; `height` is uniform on [0, 1). */
@inline export function isUnderCurve(table: usize, layer: i32, x: f64, height: f64): bool {
  const outer = edgeOf(table, layer);
  const inner = edgeOf(table, layer + 1);
  const low = Math.exp(-0.5 * (outer * outer - x * x));
  const high = Math.exp(-0.5 * (inner * inner - x * x));
  return high + height * (low - high) < 1.0;
}

/** Where the tail beyond the last edge begins. */
@inline export function tailStart(): f64 {
  return TAIL;
}
