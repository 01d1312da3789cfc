import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { binomialCdf, binomialSurvival } from '../../src/maths/binomial-tails.ts';

describe('binomialCdf and binomialSurvival', () => {
  it('are counts of outcomes over 2^n for fair coins', () => {
    // C(10, 0) + C(10, 1) + C(10, 2) = 56
    expect(binomialCdf(2, 10, 0.5)).toBeCloseTo(56 / 1024, 15);
    expect(binomialSurvival(7, 10, 0.5)).toBeCloseTo(56 / 1024, 15);
    expect(binomialCdf(7, 10, 0.5)).toBeCloseTo(968 / 1024, 15);
  });

  it('keep the relative accuracy of a far tail', () => {
    // P(K ≥ 39) for Bin(40, ½) is 41/2^40; P(K ≥ 1) for tiny p is −expm1(n·log1p(−p)).
    expect(Math.abs(binomialSurvival(38, 40, 0.5) / (41 / 2 ** 40) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(binomialSurvival(0, 1000, 1e-30) / -Math.expm1(1000 * Math.log1p(-1e-30)) - 1)).toBeLessThan(1e-14);
  });

  it('are 1 and p for one trial, however small p is', () => {
    for (const p of [Number.MIN_VALUE, 1e-320, 1e-300]) {
      expect([binomialCdf(0, 1, p), binomialSurvival(0, 1, p)]).toEqual([1, p]);
    }
  });

  it('step by the pmf and complement each other', () => {
    const probability = fc.double({ min: 1e-9, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        probability,
        fc.double({ min: -6, max: 6, noNaN: true }),
        (n, p, distance) => {
          const k = Math.round(n * p + distance * Math.sqrt(n * p * (1 - p)));
          fc.pre(k >= 0 && k <= n);
          expect(binomialCdf(k, n, p) + binomialSurvival(k, n, p)).toBeCloseTo(1, 11);
          expect(Math.abs(binomialCdf(k, n, p) - binomialCdf(k - 1, n, p) - binomialPmf(k, n, p))).toBeLessThan(1e-11);
        },
      ),
      { seed: 1 },
    );
  });

  it('are 0 and 1 beyond the ends', () => {
    expect([binomialCdf(-1, 5, 0.3), binomialCdf(5, 5, 0.3)]).toEqual([0, 1]);
    expect([binomialSurvival(-1, 5, 0.3), binomialSurvival(5, 5, 0.3)]).toEqual([1, 0]);
  });

  it('are exact for certain outcomes', () => {
    expect([binomialCdf(0, 5, 0), binomialSurvival(4, 5, 1), binomialCdf(4, 5, 1)]).toEqual([1, 1, 0]);
  });

  it('refuse what is no law', () => {
    expect(() => binomialCdf(1, 5, -0.1)).toThrow(RangeError);
  });
});
