/** Statistics of values with weights: 1 each, or how often a bootstrap resample has drawn them. */

/** R² = 1 − Σw(y − ŷ)²/Σw(y − ȳ)²: 1 for a perfect prediction, 0 for the mean, below 0 for worse than that. */
export function weightedR2(predicted: readonly number[], measured: readonly number[], weights: ArrayLike<number>) {
  const mean = weightedMean(measured, weights);
  let residual = 0;
  let total = 0;
  for (const [index, value] of measured.entries()) {
    residual += weights[index] * (value - predicted[index]) ** 2;
    total += weights[index] * (value - mean) ** 2;
  }
  return 1 - residual / total;
}

/** Pearson's correlation. */
export function weightedPearson(xs: readonly number[], ys: readonly number[], weights: ArrayLike<number>): number {
  const [meanX, meanY] = [weightedMean(xs, weights), weightedMean(ys, weights)];
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [index, x] of xs.entries()) {
    const [dx, dy, weight] = [x - meanX, ys[index] - meanY, weights[index]];
    xx += weight * dx * dx;
    xy += weight * dx * dy;
    yy += weight * dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** The value at which half of the weight is passed. */
export function weightedMedian(
  values: readonly number[],
  increasing: readonly number[],
  weights: ArrayLike<number>,
): number {
  const half = increasing.reduce((sum, index) => sum + weights[index], 0) / 2;
  let passed = 0;
  for (const index of increasing) {
    passed += weights[index];
    if (passed >= half) return values[index];
  }
  return Number.NaN;
}

function weightedMean(values: readonly number[], weights: ArrayLike<number>): number {
  let sum = 0;
  let weight = 0;
  for (const [index, value] of values.entries()) {
    sum += weights[index] * value;
    weight += weights[index];
  }
  return sum / weight;
}
