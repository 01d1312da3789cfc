import { grow } from './grow.ts';

/** Growth is not followed further than so many appearances: their table takes 400 MB. */
export const longestGrowth = 5e7;

/**
 * S_0 … S_n: the squared norm after each number of appearances, for a constant gain.
 *
 * @param initialSquaredNorm S_0 > 0
 * @param gain c ≥ 0
 * @param appearances n, an integer ≥ 0
 * @param decayFactor κ of an appearance under lazy weight decay; 1 without decay
 * @see theory, section 1
 */
export function growthTable(
  initialSquaredNorm: number,
  gain: number,
  appearances: number,
  decayFactor = 1,
): Float64Array {
  const table = new Float64Array(appearances + 1);
  table[0] = initialSquaredNorm;
  for (let n = 1; n <= appearances; n++) table[n] = grow(table[n - 1], gain, decayFactor);
  return table;
}

/**
 * S_n at some numbers of appearances, for a constant gain without decay, by the same steps as `growthTable`, but without its
 * memory.
 *
 * @param initialSquaredNorm S_0 > 0
 * @param gain c ≥ 0
 * @param appearances integers ≥ 0, increasing
 */
export function growthAt(initialSquaredNorm: number, gain: number, appearances: readonly number[]): number[] {
  const squaredNorms: number[] = [];
  let reached = 0;
  let squaredNorm = initialSquaredNorm;
  for (const n of appearances) {
    for (; reached < n; reached++) squaredNorm = grow(squaredNorm, gain);
    squaredNorms.push(squaredNorm);
  }
  return squaredNorms;
}
