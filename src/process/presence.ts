/**
 * Probability that at least one of the batch's slots holds the item: 1 − (1 − p)^B.
 *
 * Through log1p and expm1, so that p = 1e-12 keeps all its digits.
 *
 * @param popularity probability of one slot, in [0, 1]
 * @param batchSize slots in a batch, an integer ≥ 1
 * @throws {RangeError} outside those ranges
 * @see theory, section 1
 */
export function presenceProbability(popularity: number, batchSize: number): number {
  if (!(popularity >= 0 && popularity <= 1)) {
    throw new RangeError(`presenceProbability: popularity must be in [0, 1], got ${popularity}`);
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`presenceProbability: batchSize must be an integer ≥ 1, got ${batchSize}`);
  }
  // One slot is the definition itself; and −expm1(log1p(−p)) may be an ulp away from p.
  return batchSize === 1 ? popularity : -Math.expm1(batchSize * Math.log1p(-popularity));
}

/**
 * Probability that the upper batch holds the item and the lower one does not: a″ − a′ = (1 − p′)^B − (1 − p″)^B.
 *
 * As (1 − p′)^B·(1 − γ^B) with γ = (1 − p″)/(1 − p′), so that nearly equal popularities keep their digits.
 *
 * @param lower p′, in [0, 1]
 * @param upper p″, in [p′, 1]
 * @param batchSize slots in a batch, an integer ≥ 1
 * @see theory, section 3
 */
export function presenceGap(lower: number, upper: number, batchSize: number): number {
  if (upper <= lower) return 0;
  const absence = Math.exp(batchSize * Math.log1p(-lower));
  return absence * -Math.expm1(batchSize * Math.log1p(-(upper - lower) / (1 - lower)));
}
