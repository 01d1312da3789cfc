/** A span from which on a linear axis would press most values into a corner. */
const wide = 30;

/** Pixels between the outermost marks and the edge. */
const padding = 8;

/** Of values above 0. */
export const logScale = { type: 'log', nice: false, padding } as const;

/** The scale of an axis: logarithmic where values above 0 span more than a power of ten and a half, else linear. */
export function axisScale(values: readonly number[]) {
  const [low, high] = extent(values);
  if (low > 0 && high / low >= wide) return logScale;
  // Some are 0, the others far from it.
  if (low === 0 && high >= wide) return { type: 'symlog', padding } as const;
  return { type: 'linear', zero: false, nice: false, padding } as const;
}

/** Of an axis of counts. */
export const countAxis = { format: 'd', tickMinStep: 1, grid: false } as const;

/** The smallest and the largest value; not through Math.min, which takes no long lists. */
export function extent(values: readonly number[]): [low: number, high: number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
