/** Buckets of the gap table: the top 12 bits of a draw. */
export const gapBuckets = 4096;

/** What stands for a gap that the bits do not decide: longer than any training. */
export const undecidedGap = 2 ** 28;

/**
 * For each value of a uniform's top 12 bits, the geometric gap 1 + ⌊log(1 − U)/log(1 − a″)⌋ if those bits decide it, else
 * `undecidedGap`. A bucket whose ends round to the same gap, but barely, is left undecided too.
 *
 * @param logAbsence log(1 − a″) < 0
 */
export function fillGapTable(table: Uint32Array, logAbsence: number): void {
  for (let bucket = 0; bucket < gapBuckets; bucket++) {
    // The quotient's rounding is below 1e-15 of itself.
    const low = Math.log1p(-bucket / gapBuckets) / logAbsence;
    const high = Math.log1p(-(bucket + 1) / gapBuckets) / logAbsence;
    const [first, last] = [Math.floor(low * (1 - 1e-14)), Math.ceil(high * (1 + 1e-14)) - 1];
    table[bucket] = last <= first && first < undecidedGap ? first + 1 : undecidedGap;
  }
}
