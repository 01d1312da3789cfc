import { standardNormalQuantile } from '../maths/normal-quantile.ts';
import type { InitialSquaredNorm } from '../process/pair-parameters.ts';

/** Draws ‖q‖² of a fresh embedding: a number as it stands, or Σ of d squared N(0, σ²) entries (d uniforms). */
export function drawInitialSquaredNorm(initial: InitialSquaredNorm, openStart: () => () => number): number {
  if (typeof initial === 'number') return initial;
  const uniform = openStart();
  let squares = 0;
  for (let entry = 0; entry < initial.dimension; entry++) squares += drawStandardNormal(uniform) ** 2;
  // A uniform of exactly ½ gives an entry of 0; half the uniform's grain stands for it, because a start of 0 cannot grow.
  return initial.standardDeviation ** 2 * Math.max(squares, 2 ** -108);
}

/** One draw from N(0, 1) by inversion: one uniform, so that streams of coupled runs stay in step. */
export function drawStandardNormal(uniform: () => number): number {
  // Half the uniform's grain at 0, where the quantile is infinite.
  return standardNormalQuantile(Math.max(uniform(), 2 ** -54));
}
