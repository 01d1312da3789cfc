import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { presenceGap, presenceProbability } from '../../src/process/presence.ts';
import { relativeError } from '../maths/relative-error.ts';

const popularity = fc.double({ min: 0, max: 1, noNaN: true });
const slots = fc.integer({ min: 1, max: 12 });

/** 1 − (1 − p)^B as a fraction. */
function exactPresence(p: number, batchSize: number): Rational {
  const one = Rational.of(1);
  let absence = one;
  for (let slot = 0; slot < batchSize; slot++) absence = absence.times(one.minus(Rational.of(p)));
  return one.minus(absence);
}

describe('presenceProbability', () => {
  it('is the definition, in exact rational arithmetic', () => {
    fc.assert(
      fc.property(popularity, slots, (p, batchSize) => {
        const exact = exactPresence(p, batchSize);
        if (exact.toNumber() > 1e-290)
          expect(relativeError(presenceProbability(p, batchSize), exact)).toBeLessThan(1e-15);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('keeps the digits of a long tail: 1e-12 in 1000 slots', () => {
    expect(Math.abs(presenceProbability(1e-12, 1000) / 9.999999995005e-10 - 1)).toBeLessThan(4e-16);
  });

  it('is the popularity in a batch of one', () => {
    fc.assert(
      fc.property(popularity, (p) => presenceProbability(p, 1) === p),
      { seed: 1 },
    );
  });

  it('is 0 at p = 0, 1 at p = 1, and never outside them', () => {
    expect([presenceProbability(0, 7), presenceProbability(1, 7)]).toEqual([0, 1]);
    fc.assert(
      fc.property(popularity, fc.integer({ min: 1, max: 1e6 }), (p, batchSize) => {
        const presence = presenceProbability(p, batchSize);
        return presence >= 0 && presence <= 1;
      }),
      { seed: 1 },
    );
  });

  it('grows with popularity and with the batch', () => {
    fc.assert(
      fc.property(popularity, popularity, slots, (p, q, batchSize) => {
        const [lower, upper] = [Math.min(p, q), Math.max(p, q)];
        expect(presenceProbability(lower, batchSize)).toBeLessThanOrEqual(presenceProbability(upper, batchSize));
        expect(presenceProbability(p, batchSize)).toBeLessThanOrEqual(presenceProbability(p, batchSize + 1));
      }),
      { seed: 1 },
    );
  });

  it.each([-0.1, 1.2, Number.NaN])('refuses popularity %d', (p) => {
    expect(() => presenceProbability(p, 4)).toThrow(
      new RangeError(`presenceProbability: popularity must be in [0, 1], got ${p}`),
    );
  });

  it.each([0, 2.5, -3, Number.NaN])('refuses batchSize %d', (batchSize) => {
    expect(() => presenceProbability(0.1, batchSize)).toThrow(
      new RangeError(`presenceProbability: batchSize must be an integer ≥ 1, got ${batchSize}`),
    );
  });
});

describe('presenceGap', () => {
  it('is a″ − a′, in exact rational arithmetic, however close the popularities', () => {
    const closeness = fc.integer({ min: 0, max: 45 });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.5, noNaN: true }), closeness, slots, (lower, halvings, batchSize) => {
        const upper = lower * (1 + 2 ** -halvings);
        const exact = exactPresence(upper, batchSize).minus(exactPresence(lower, batchSize));
        expect(relativeError(presenceGap(lower, upper, batchSize), exact)).toBeLessThan(4e-15);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is 0 between equals and a″ above a popularity of 0', () => {
    expect([presenceGap(0.3, 0.3, 5), presenceGap(1, 1, 5)]).toEqual([0, 0]);
    expect(presenceGap(0, 0.25, 2)).toBe(0.4375);
    expect(presenceGap(0, 1, 2)).toBe(1);
  });
});
