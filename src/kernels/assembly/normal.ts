// Standard normals by the ziggurat (Marsaglia and Tsang 2000) in Doornik's form (2005): 256 layers of equal area,
// the layer and the place in it from separate bits.

import { spareBits, spareUniform } from './draws';
import { ZIGGURAT } from './memory';
import { FROM_ONE_TO_TWO, HALF_GRAIN, MAGNITUDE, THREE_HALVES } from './splats';

/** Where the tail begins, and the area of a layer. */
const TAIL: f64 = 3.654152885361009;
const AREA: f64 = 0.004928673233974648;
const LAYERS: i32 = 256;

// The table, f64 [257][2], has for each layer half the share of it that lies under the next one, and its width: twice its
// right end.

@inline function density(x: f64): f64 {
  return Math.exp(-0.5 * x * x);
}

@inline function layerAt(layer: i32): usize {
  return ZIGGURAT + (<usize>layer << 4);
}

@inline function edgeOf(layer: i32): f64 {
  return load<f64>(layerAt(layer), 8) / 2.0;
}

/** Makes the ziggurat's table. */
export function placeZiggurat(): void {
  let height = density(TAIL);
  store<f64>(layerAt(0), 2.0 * (AREA / height), 8);
  store<f64>(layerAt(1), 2.0 * TAIL, 8);
  for (let layer = 2; layer < LAYERS; layer++) {
    const inner = Math.sqrt(-2.0 * Math.log(AREA / edgeOf(layer - 1) + height));
    store<f64>(layerAt(layer), 2.0 * inner, 8);
    height = density(inner);
  }
  store<f64>(layerAt(LAYERS), 0.0, 8);
  for (let layer = 0; layer < LAYERS; layer++) store<f64>(layerAt(layer), edgeOf(layer + 1) / edgeOf(layer) / 2.0);
}

/** Two normals from the two numbers of 64 bits at an address. */
@inline export function normalsAt(at: usize): v128 {
  const u = centredUniforms(v128.load(at));
  // The layer is in bits 4 to 11, where it is the layer's place in the table, too.
  const first = v128.load(<usize>load<u16>(at) & 0xff0, ZIGGURAT);
  const second = v128.load(<usize>load<u16>(at, 8) & 0xff0, ZIGGURAT);
  const isInside = f64x2.lt(v128.and(u, v128.load(MAGNITUDE)), v128.shuffle<u64>(first, second, 0, 2));
  if (i64x2.bitmask(isInside) === 3) return f64x2.mul(u, v128.shuffle<u64>(first, second, 1, 3));
  return f64x2.replace_lane(f64x2.splat(normalOf(load<u64>(at))), 1, normalOf(load<u64>(at, 8)));
}

export function spareNormal(): f64 {
  return normalOf(spareBits());
}

/** Uniform on (−1/2, 1/2), from the upper 52 bits of each lane. */
@inline function centredUniforms(bits: v128): v128 {
  const between1And2 = v128.or(i64x2.shr_u(bits, 12), v128.load(FROM_ONE_TO_TWO));
  return f64x2.add(f64x2.sub(between1And2, v128.load(THREE_HALVES)), v128.load(HALF_GRAIN));
}

function normalOf(bits: u64): f64 {
  // The uniform leaves these bits alone.
  const layer = <i32>(bits & 0xff0) >> 4;
  const u = f64x2.extract_lane(centredUniforms(i64x2.splat(bits)), 0);
  return abs<f64>(u) < load<f64>(layerAt(layer)) ? u * load<f64>(layerAt(layer), 8) : outerNormal(layer, u);
}

/** The one draw in 150 that is not plainly inside its layer. */
function outerNormal(layer: i32, u: f64): f64 {
  if (layer === 0) return u < 0.0 ? -tailNormal() : tailNormal();
  const x = u * load<f64>(layerAt(layer), 8);
  return isUnderCurve(layer, x, spareUniform()) ? x : spareNormal();
}

/** Whether a point between a layer's two edges lies under the density; `height` is uniform on (0, 1]: at 1 the sum is still finite. */
function isUnderCurve(layer: i32, x: f64, height: f64): bool {
  const outer = edgeOf(layer);
  const inner = edgeOf(layer + 1);
  const low = Math.exp(-0.5 * (outer * outer - x * x));
  const high = Math.exp(-0.5 * (inner * inner - x * x));
  return high + height * (low - high) < 1.0;
}

/** A normal given that it is beyond the last layer (Marsaglia 1964). A uniform of exactly 1 gives the tail's end, or is refused. */
function tailNormal(): f64 {
  while (true) {
    const beyond = -Math.log(spareUniform()) / TAIL;
    if (-2.0 * Math.log(spareUniform()) > beyond * beyond) return TAIL + beyond;
  }
}
