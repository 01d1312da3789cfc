/** A draw from [low, high) whose logarithm is uniform; 0 < low < high. One uniform. */
export function drawLogUniform(low: number, high: number, uniform: () => number): number {
  return low * Math.exp(uniform() * Math.log(high / low));
}

/** A draw from the integers low … high, each equally probable. One uniform. */
export function drawInteger(low: number, high: number, uniform: () => number): number {
  return low + Math.floor(uniform() * (high - low + 1));
}
