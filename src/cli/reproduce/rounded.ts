/** A number of a table: what digits the machine decides are left out. */
export function rounded(value: number | null | undefined, digits = 5): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(digits));
}

/** The same of a number that rounding alone may make: then it is 0. */
export function aboveRounding(value: number | null | undefined, digits = 5): number | null {
  return typeof value === 'number' && Math.abs(value) < 1e-9 ? 0 : rounded(value, digits);
}
