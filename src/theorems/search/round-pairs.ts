import fc, { type Arbitrary } from 'fast-check';
import { roundNumber } from './round-numbers.ts';

/** A gain, a start or a learning rate: 0.01 … 990. */
export function roundQuantity(): Arbitrary<number> {
  return roundNumber([-2, 2]);
}

/** Two popularities of two digits at most, 0.01 ≤ p′ < p″ ≤ 1. */
export function roundPopularities(): Arbitrary<{ lower: number; upper: number }> {
  const popularity = roundNumber([-2, 0], 1);
  return fc.record({ lower: popularity, upper: popularity }).filter(({ lower, upper }) => lower < upper);
}
