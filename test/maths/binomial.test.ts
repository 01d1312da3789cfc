import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialPmf, logBinomialPmf } from '../../src/maths/binomial.ts';
import { Rational } from '../../src/maths/rational.ts';
import { relativeError } from './relative-error.ts';

/** k, n, p and the pmf, from mpmath 1.3 with 60 digits. */
const known = [
  [5000000, 1e7, 0.5, 0.0002523132458941848],
  [5015811, 1e7, 0.5, 4.878075069221255e-26],
  [1000000, 1e7, 0.1, 0.00042052205157048193],
  [1009487, 1e7, 0.1, 9.273170688867099e-26],
  [10000, 1e7, 0.001, 0.003991385750977873],
  [10949, 1e7, 0.001, 3.948462670019719e-22],
  [100, 1e7, 1e-5, 0.03986119611562266],
  [190, 1e7, 1e-5, 3.8414059968717445e-16],
  [0, 1e7, 1e-12, 0.9999900000499998],
  [3, 1e7, 1e-12, 1.6666495000933661e-16],
  [1, 1e9, 1e-300, 1e-291],
  [500000000, 1e9, 0.5, 2.5231325213893768e-5],
  [500150000, 1e9, 0.5, 7.222509173483158e-25],
  [300123456, 1e9, 0.3, 4.7958751689048134e-21],
  [9900000, 1e7, 0.99, 0.0012679207420625176],
  [3, 5, 1e-100, 1.0000000000000001e-299],
];

/** What the docstring promises. */
const toleranceAt = (pmf: number) => 2e-15 + 3e-16 * Math.abs(Math.log(pmf));

function exactPmf(k: number, n: number, p: number): Rational {
  const success = Rational.of(p);
  const failure = Rational.of(1).minus(success);
  let pmf = Rational.of(1);
  for (let i = 0; i < k; i++) pmf = pmf.times(success).times(new Rational(BigInt(n - i), BigInt(i + 1)));
  for (let i = k; i < n; i++) pmf = pmf.times(failure);
  return pmf;
}

describe('binomialPmf', () => {
  it.each(known)('is right at k = %d, n = %d, p = %d', (k, n, p, pmf) => {
    expect(Math.abs(binomialPmf(k, n, p) / pmf - 1)).toBeLessThan(toleranceAt(pmf));
  });

  it('keeps its last digits far down, where less than one success is expected', () => {
    for (const [k, n, p, pmf] of known.filter(([, n, p]) => n * p <= 1)) {
      expect(Math.abs(binomialPmf(k, n, p) / pmf - 1)).toBeLessThan(2e-15);
    }
  });

  it('agrees with exact rational arithmetic', () => {
    const probability = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1e-3, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), probability, (n, draw, p) => {
        const k = draw % (n + 1);
        const exact = exactPmf(k, n, p);
        const value = exact.toNumber();
        if (value > 1e-290) expect(relativeError(binomialPmf(k, n, p), exact)).toBeLessThan(toleranceAt(value));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([1e-12, 1e-7, 1e-5, 0.001, 0.03, 0.1, 0.5, 0.9])('sums to 1 for n = 1e7, p = %d', (p) => {
    const n = 1e7;
    const reach = 45 + 11 * Math.sqrt(n * p * (1 - p));
    let sum = 0;
    for (let k = Math.max(0, Math.floor(n * p - reach)); k <= Math.min(n, n * p + reach); k++)
      sum += binomialPmf(k, n, p);
    expect(Math.abs(sum - 1)).toBeLessThan(1e-13);
  });

  it('keeps the ratio of neighbours, (n − k)p / ((k + 1)(1 − p))', () => {
    const trials = fc.integer({ min: 1, max: 1e9 });
    const deviations = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(trials, fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), deviations, (n, p, distance) => {
        const k = Math.round(n * p + distance * Math.sqrt(n * p * (1 - p)));
        fc.pre(k >= 0 && k < n && binomialPmf(k + 1, n, p) > 1e-290);
        const ratio = ((n - k) / (k + 1)) * (p / (1 - p));
        const tolerance = 2 * toleranceAt(binomialPmf(k, n, p)) + toleranceAt(binomialPmf(k + 1, n, p));
        expect(Math.abs(binomialPmf(k + 1, n, p) / binomialPmf(k, n, p) / ratio - 1)).toBeLessThan(tolerance);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('is exact at p = 0 and p = 1, and without trials', () => {
    expect([0, 1, 7].map((k) => binomialPmf(k, 7, 0))).toEqual([1, 0, 0]);
    expect([0, 6, 7].map((k) => binomialPmf(k, 7, 1))).toEqual([0, 0, 1]);
    expect(binomialPmf(0, 0, 0.3)).toBe(1);
  });

  it('is 0 outside 0 … n', () => {
    expect([-1, 8].map((k) => binomialPmf(k, 7, 0.4))).toEqual([0, 0]);
  });

  it.each([
    [1, -1, 0.5, 'binomialPmf: n must be an integer ≥ 0, got -1'],
    [1.5, 3, 0.5, 'binomialPmf: k must be an integer, got 1.5'],
    [1, 3, 1.5, 'binomialPmf: p must be in [0, 1], got 1.5'],
  ])('refuses k = %d, n = %d, p = %d', (k, n, p, message) => {
    expect(() => binomialPmf(k, n, p)).toThrow(new RangeError(message));
  });
});

describe('logBinomialPmf', () => {
  it('is finite where the probability underflows', () => {
    // log 0.0, from mpmath.
    expect(logBinomialPmf(123, 4567, 0.9)).toBeCloseTo(Math.log(5.035494235253969) - 4206 * Math.LN10, 9);
  });

  it.each(known)('is the logarithm of the pmf at k = %d, n = %d, p = %d', (k, n, p, pmf) => {
    expect(Math.abs(logBinomialPmf(k, n, p) - Math.log(pmf))).toBeLessThan(toleranceAt(pmf));
  });

  it('is −∞ where the probability is 0', () => {
    expect([logBinomialPmf(1, 7, 0), logBinomialPmf(6, 7, 1), logBinomialPmf(8, 7, 0.5)]).toEqual(
      Array(3).fill(-Infinity),
    );
  });
});
