import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { leastAfterAppearance } from '../../src/process/bounds.ts';
import { grow } from '../../src/process/grow.ts';

const size = fc.double({ min: 1e-50, max: 1e50, noNaN: true });
const runs = { seed: 1, numRuns: 300 };

describe('grow', () => {
  it('is s + c/s, and κs + c/s under decay', () => {
    expect([grow(2, 3), grow(2, 3, 0.25)]).toEqual([3.5, 2]);
  });

  it('is Φ(b) − Φ(a) = (b − a)(1 − c/(ab)) in exact arithmetic (A1)', () => {
    fc.assert(
      fc.property(size, size, size, (a, b, c) => {
        const [s, t, gain] = [a, b, c].map(Rational.of);
        const grown = (x: Rational) => x.plus(gain.over(x));
        const factored = t.minus(s).times(Rational.of(1).minus(gain.over(s.times(t))));
        expect(grown(t).minus(grown(s)).minus(factored).sign()).toBe(0);
        // The float update is that of exact arithmetic, to two roundings.
        const error = Rational.of(grow(a, c)).minus(grown(s)).over(grown(s)).toNumber();
        expect(Math.abs(error)).toBeLessThan(2 ** -52);
      }),
      runs,
    );
  });

  it('is never below 2√c (A4)', () => {
    fc.assert(
      fc.property(size, size, (s, c) => {
        expect(grow(s, c)).toBeGreaterThanOrEqual(leastAfterAppearance(c) * (1 - 2 ** -52));
      }),
      runs,
    );
  });

  it('reaches 2√c at s = √c', () => {
    for (const c of [0.25, 1, 9, 2 ** 40]) expect(grow(Math.sqrt(c), c)).toBe(leastAfterAppearance(c));
  });

  it('falls before √c and rises after it', () => {
    const c = 4;
    expect(grow(1.9, c)).toBeGreaterThan(grow(2, c));
    expect(grow(2.1, c)).toBeGreaterThan(grow(2, c));
  });
});
