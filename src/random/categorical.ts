/**
 * Draws from the categorical law with the given weights by inversion of its cumulative sums: one uniform and a binary
 * search a draw.
 *
 * @param weights non-negative, not all zero; they need not sum to one
 * @throws {RangeError} when no weight is positive, or they add up to more than a number holds
 */
export function categorical(weights: readonly number[]): (uniform: () => number) => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  let last = 0;
  for (let index = 0; index < weights.length; index++) {
    total += weights[index];
    cumulative[index] = total;
    if (weights[index] > 0) last = index;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`categorical: the weights must have a positive, finite sum, got ${total}`);
  }
  return (uniform) => {
    const target = uniform() * total;
    // Of the least doubles a product may be rounded up to the total: the last that has a weight takes it.
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (target < cumulative[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
