import type { InitialRows } from '../../trainer/specification.ts';

/** A law as nodes with weights that sum to 1: expectations become sums. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const nodeCount = 96;

/** Below this share of its greatest value the density counts as 0. */
const negligible = 1e-13;

/**
 * The law of s₀ = ‖q‖² at the start: of entries N(0, σ²) it is σ²χ²_d, of rows on a sphere one value.
 *
 * In u = log(s/σ²) the density of χ²_d is ∝ exp(du/2 − eᵘ/2), which falls off exponentially or faster on both sides: the
 * trapezoid rule gives the moments to eight digits, and nearly all of them from some dimensions on.
 */
export function initialLaw(initial: InitialRows, dimension: number): Quadrature {
  if ('radius' in initial) {
    return { nodes: Float64Array.of(initial.radius ** 2), weights: Float64Array.of(1) };
  }
  const logDensity = (u: number) => (dimension * u - Math.exp(u)) / 2;
  const mode = Math.log(dimension);
  const depth = logDensity(mode) + Math.log(negligible);
  const low = edge((u) => logDensity(mode - u) - depth);
  const high = edge((u) => logDensity(mode + u) - depth);
  const step = (low + high) / (nodeCount - 1);
  const nodes = new Float64Array(nodeCount);
  const weights = new Float64Array(nodeCount);
  let total = 0;
  for (let index = 0; index < nodeCount; index++) {
    const u = mode - low + index * step;
    nodes[index] = initial.standardDeviation ** 2 * Math.exp(u);
    weights[index] = Math.exp(logDensity(u) - logDensity(mode));
    total += weights[index];
  }
  return { nodes, weights: weights.map((weight) => weight / total) };
}

/** Where a function that falls from above 0 at 0 crosses 0. */
function edge(of: (u: number) => number): number {
  let high = 1;
  while (of(high) > 0) high *= 2;
  let low = 0;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (of(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
