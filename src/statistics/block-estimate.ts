/** What was measured of a block of replicates: how many they are, and the mean over them. */
export interface BlockMean {
  readonly count: number;
  readonly mean: number;
}

/** A mean from blocks, the standard error that the blocks show, and the degrees of freedom of that. */
export interface BlockEstimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * The mean over all replicates of blocks that are independent and alike, with a standard error from how the blocks'
 * means scatter: σ̂² = Σ n_b (x_b − x̄)² / (K − 1) is unbiased for the variance of one replicate, whatever the sizes n_b
 * and however the x of one replicate came about, and σ̂²/Σ n_b for that of the mean.
 *
 * @param blocks at least two
 */
export function blockEstimate(blocks: readonly BlockMean[]): BlockEstimate {
  if (blocks.length < 2) throw new RangeError(`blockEstimate: expected at least 2 blocks, got ${blocks.length}`);
  let [count, estimate] = [0, 0];
  for (const block of blocks) {
    count += block.count;
    estimate += ((block.mean - estimate) * block.count) / count;
  }
  const squares = blocks.reduce((sum, block) => sum + block.count * (block.mean - estimate) ** 2, 0);
  const degreesOfFreedom = blocks.length - 1;
  return { estimate, standardError: Math.sqrt(squares / degreesOfFreedom / count), degreesOfFreedom };
}

/**
 * The normal score that is as improbable as a value of Student's t: within 2 % for 4 degrees of freedom and more, never
 * further from 0.
 *
 * @see Wallace (1959), Bounds on normal approximations to Student's and the chi-square distributions, Ann. Math. Stat. 30
 */
export function normalScoreOfT(t: number, degreesOfFreedom: number): number {
  const shrink = (8 * degreesOfFreedom + 1) / (8 * degreesOfFreedom + 3);
  return Math.sign(t) * shrink * Math.sqrt(degreesOfFreedom * Math.log1p((t * t) / degreesOfFreedom));
}
