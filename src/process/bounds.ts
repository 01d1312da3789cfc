/** The least squared norm an appearance can lead to, 2√c, reached from s = √c (claim A4). */
export function leastAfterAppearance(gain: number): number {
  return 2 * Math.sqrt(gain);
}

/**
 * Bounds on S_n², n ≥ 1, for a constant gain: x₀ + 2cn < S_n² ≤ x₀ + 2cn + c²/x₀ + (c/2)·ln(1 + 2c(n − 1)/x₀), with
 * x₀ = S_0².
 *
 * Squaring Φ_c gives x_{n+1} = x_n + 2c + c²/x_n. Dropping the last term is the lower bound; putting the lower bound
 * into it, and an integral above the sum, is the upper one. So ‖q‖⁴ grows linearly in n.
 *
 * @param initialSquaredNorm S_0 > 0
 * @param gain c > 0
 * @param appearances n, an integer ≥ 1
 * @see theory, claim A5
 */
export function growthBounds(
  initialSquaredNorm: number,
  gain: number,
  appearances: number,
): { above: number; atMost: number } {
  const start = initialSquaredNorm * initialSquaredNorm;
  const above = start + 2 * gain * appearances;
  const spread = (gain / 2) * Math.log1p((2 * gain * (appearances - 1)) / start);
  return { above, atMost: above + (gain * gain) / start + spread };
}
