import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { appearanceLaw } from '../../src/process/appearance-law.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import { normLaw } from '../../src/process/norm-law.ts';
import { relativeError } from '../maths/relative-error.ts';

const identity = (squaredNorm: number) => squaredNorm;

/** Mean and variance of S_N for N ~ Bin(T, a), a a double, in exact rational arithmetic over the doubles of a table. */
function exactMoments(trials: number, presence: number, growth: Float64Array): { mean: Rational; variance: Rational } {
  const [a, one] = [Rational.of(presence), Rational.of(1)];
  let [mean, square] = [Rational.of(0), Rational.of(0)];
  for (let pattern = 0; pattern < 2 ** trials; pattern++) {
    let [probability, appearances] = [one, 0];
    for (let step = 0; step < trials; step++) {
      const isPresent = ((pattern >> step) & 1) === 1;
      probability = probability.times(isPresent ? a : one.minus(a));
      appearances += isPresent ? 1 : 0;
    }
    const value = Rational.of(growth[appearances]);
    mean = mean.plus(probability.times(value));
    square = square.plus(probability.times(value).times(value));
  }
  return { mean, variance: square.minus(mean.times(mean)) };
}

describe('normLaw', () => {
  it.each([2, 3, 4, 5, 6])('is the sum over all 2^%d presence patterns, to a few roundings', (trials) => {
    const growth = growthTable(0.7, 1.3, trials);
    const law = normLaw(appearanceLaw(trials, 0.3125), growth, identity);
    const exact = exactMoments(trials, 0.3125, growth);
    expect(relativeError(law.mean, exact.mean)).toBeLessThan(4e-16);
    expect(relativeError(law.variance, exact.variance)).toBeLessThan(3e-15);
  });

  it('has the quantiles and the cdf of its atoms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, presence) => {
        const law = normLaw(appearanceLaw(trials, presence), growthTable(1, 1, trials));
        for (const { value } of law.atoms) {
          const below = law.cdf(value * (1 - 1e-15));
          expect(law.cdf(value)).toBeGreaterThanOrEqual(below);
          expect(law.quantile(law.cdf(value))).toBeLessThanOrEqual(value);
        }
        expect([law.cdf(0), law.cdf(Infinity)]).toEqual([0, 1]);
        expect(law.cdf(law.quantile(1))).toBe(1);
        expect(law.quantile(0)).toBe(law.atoms[0].value);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('reaches q at its quantile and not before', () => {
    const law = normLaw(appearanceLaw(200, 0.1), growthTable(1, 1, 200));
    for (const q of [1e-9, 0.05, 0.25, 0.5, 0.75, 0.95, 1 - 1e-9]) {
      const quantile = law.quantile(q);
      expect(law.cdf(quantile)).toBeGreaterThanOrEqual(q);
      expect(law.cdf(quantile * (1 - 1e-15))).toBeLessThan(q);
    }
  });

  it('sorts its atoms where lazy decay makes the growth fall', () => {
    const growth = growthTable(100, 1, 60, 0.9);
    const law = normLaw(appearanceLaw(60, 0.5), growth);
    const values = law.atoms.map(({ value }) => value);
    expect(growth[60]).toBeLessThan(growth[0]);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(law.quantile(0.5)).toBeLessThan(10);
  });

  it('is one atom without variance for an item that is never seen', () => {
    const law = normLaw(appearanceLaw(50, 0), growthTable(4, 1, 50));
    expect(law.atoms).toEqual([{ value: 2, probability: 1 }]);
    expect([law.mean, law.variance]).toEqual([2, 0]);
  });

  it('has the start as its mean to the last bit when appearances add nothing', () => {
    const law = normLaw(appearanceLaw(7, 0.3), growthTable(0.1, 0, 7), identity);
    expect([law.mean, law.variance]).toEqual([0.1, 0]);
  });

  it('keeps the digits of a variance far below the mean', () => {
    // One appearance of gain 1 at s = 2²⁰: S is 2²⁰ or 2²⁰ + 2⁻²⁰, each with probability ½, so the variance is 2⁻⁴².
    const law = normLaw(appearanceLaw(1, 0.5), growthTable(2 ** 20, 1, 1), identity);
    expect(law.variance).toBe(2 ** -42);
  });

  it('refuses quantiles of what is no probability', () => {
    const law = normLaw(appearanceLaw(1, 0.5), growthTable(1, 1, 1));
    expect(() => law.quantile(1.5)).toThrow(new RangeError("normLaw: quantile's q must be in [0, 1], got 1.5"));
  });
});
