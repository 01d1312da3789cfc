/**
 * The squared norm after an appearance: Φ_c(s) = κs + c/s.
 *
 * @param squaredNorm s > 0, before
 * @param gain c ≥ 0
 * @param decayFactor κ = (1 − ηλ)², what weight decay leaves of s at this step; 1 without decay
 * @see theory, sections 1 and 2.4
 */
export function grow(squaredNorm: number, gain: number, decayFactor = 1): number {
  return decayFactor * squaredNorm + gain / squaredNorm;
}
