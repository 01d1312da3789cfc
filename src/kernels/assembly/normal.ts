// Standard normals by the ziggurat (Marsaglia and Tsang 2000) in Doornik's form (2005): 128 layers of equal area,
// the layer and the place in it from separate bits.

import { signedUniform, spareBits, spareUniform } from './draws';

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

let table: usize = 0;

/** Makes the ziggurat's table, of `ZIGGURAT_BYTES`, at an address. */
export function placeZiggurat(address: usize): void {
  table = address;
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

@inline export function normalOf(bits: u64): f64 {
  // The layer is in the bits that the uniform leaves alone.
  const layer = <i32>(bits & 127);
  const u = signedUniform(bits);
  return isInside(layer, u) ? u * edgeOf(layer) : outerNormal(layer, u);
}

export function spareNormal(): f64 {
  return normalOf(spareBits());
}

@inline function isInside(layer: i32, u: f64): bool {
  return abs<f64>(u) < load<f64>(table + RATIOS + (<usize>layer << 3));
}

@inline function edgeOf(layer: i32): f64 {
  return load<f64>(table + EDGES + (<usize>layer << 3));
}

/** The one draw in seventy that is not plainly inside its layer. */
function outerNormal(layer: i32, u: f64): f64 {
  if (layer === 0) return u < 0.0 ? -tailNormal() : tailNormal();
  const x = u * edgeOf(layer);
  return isUnderCurve(layer, x, spareUniform()) ? x : spareNormal();
}

/** Whether a point between a layer's two edges lies under the density; `height` is uniform on (0, 1). */
function isUnderCurve(layer: i32, x: f64, height: f64): bool {
  const outer = edgeOf(layer);
  const inner = edgeOf(layer + 1);
  const low = Math.exp(-0.5 * (outer * outer - x * x));
  const high = Math.exp(-0.5 * (inner * inner - x * x));
  return high + height * (low - high) < 1.0;
}

/** A normal given that it is beyond the last layer (Marsaglia 1964). */
function tailNormal(): f64 {
  while (true) {
    const beyond = -Math.log(spareUniform()) / TAIL;
    if (-2.0 * Math.log(spareUniform()) > beyond * beyond) return TAIL + beyond;
  }
}
