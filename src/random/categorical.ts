/**
 * Draws from the categorical law with the given weights by inversion of its cumulative sums: one uniform and a binary
 * search a draw.
 *
 * @param weights non-negative, not all zero; they need not sum to one
 * @throws {RangeError} when no weight is positive
 */
export function categorical(weights: readonly number[]): (uniform: () => number) => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    total += weights[index];
    cumulative[index] = total;
  }
  if (!(total > 0)) throw new RangeError(`categorical: the weights must have a positive sum, got ${total}`);
  return (uniform) => {
    const target = uniform() * total;
    let [low, high] = [0, weights.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (target < cumulative[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
