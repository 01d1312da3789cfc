/**
 * What rounding took from a product: a·b − fl(a·b), exact unless something over- or underflows.
 *
 * @see Dekker (1971), A floating-point technique for extending the available precision; Veltkamp's split
 */
export function productError(a: number, b: number): number {
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return aLow * bLow - (a * b - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of x, so that products of halves are exact. */
function upperHalf(x: number): number {
  const scaled = (2 ** 27 + 1) * x;
  return scaled - (scaled - x);
}
