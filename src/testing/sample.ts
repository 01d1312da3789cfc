/** Draws that were made elsewhere: a list of numbers, or a typed array. */
export type Sample = ArrayLike<number>;

/** A sample in increasing order. @throws {RangeError} for an empty one, and for what is no number */
export function sortedSample(name: string, sample: Sample): Float64Array {
  requireNumbers(name, sample);
  return Float64Array.from(sample).sort();
}

/** @throws {RangeError} for an empty sample, and for what is no number */
export function requireNumbers(name: string, sample: Sample): void {
  if (!(sample?.length > 0)) throw new RangeError(`${name}: expected a sample of at least one number, got none`);
  for (let index = 0; index < sample.length; index++) {
    if (typeof sample[index] === 'number' && !Number.isNaN(sample[index])) continue;
    throw new RangeError(`${name}: expected a sample of numbers, got ${String(sample[index])} at position ${index}`);
  }
}

/** The share of a sorted sample that is at most x: its empirical distribution function F̂. */
export function shareAtMost(sorted: Float64Array, x: number): number {
  return countWhere(sorted, (draw) => draw <= x) / sorted.length;
}

/** The share of a sorted sample that is below x. */
export function shareBelow(sorted: Float64Array, x: number): number {
  return countWhere(sorted, (draw) => draw < x) / sorted.length;
}

/** How many draws from the first on satisfy something that stays false once it is false, by bisection. */
function countWhere(sorted: Float64Array, holds: (draw: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
