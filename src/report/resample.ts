/** Evenly spaced places, the ends included. */
export interface Spacing {
  readonly first: number;
  readonly last: number;
  /** At least 1. */
  readonly count: number;
}

/**
 * A curve's values at evenly spaced places, by linear interpolation: a chart draws one column a value.
 *
 * NaN outside the curve, and around a value that is not finite; a lone finite value counts at the place that is nearest.
 *
 * @param at where the curve is known, increasing
 * @param values one for each of them
 */
export function resample(at: readonly number[], values: readonly number[], { first, last, count }: Spacing): number[] {
  const known = Math.min(at.length, values.length);
  const spacing = count < 2 ? 0 : (last - first) / (count - 1);
  let left = 0;
  return Array.from({ length: count }, (_, column) => {
    const place = first + ((last - first) * column) / Math.max(1, count - 1);
    while (left < known - 2 && at[left + 1] < place) left += 1;
    const right = Math.min(left + 1, known - 1);
    const isBetween = at[left] <= place && place <= at[right];
    if (isBetween && right > left && Number.isFinite(values[left]) && Number.isFinite(values[right])) {
      const share = at[right] === at[left] ? 0 : (place - at[left]) / (at[right] - at[left]);
      return values[left] + (values[right] - values[left]) * share;
    }
    const nearest = [left, right].find(
      (index) => Number.isFinite(values[index]) && 2 * Math.abs(place - at[index]) <= spacing,
    );
    return nearest === undefined ? Number.NaN : values[nearest];
  });
}
