import { Rational } from '../../src/maths/rational.ts';

/** |actual − expected| / |expected|, in exact arithmetic. */
export function relativeError(actual: number, expected: Rational): number {
  if (expected.sign() === 0) return Math.abs(actual);
  return Math.abs(Rational.of(actual).minus(expected).over(expected).toNumber());
}
