import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { binomialCdf, binomialSurvival } from '../../src/maths/binomial-tails.ts';
import { appearanceLaw, appearanceWindow } from '../../src/process/appearance-law.ts';

const presence = fc.oneof(
  fc.double({ min: 1e-12, max: 1, noNaN: true }),
  fc.double({ min: 1e-12, max: 1e-6, noNaN: true }),
  fc.double({ min: 1 - 1e-6, max: 1, noNaN: true }),
);

describe('appearanceLaw', () => {
  it('leaves out less than 1e-18, below and above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e7 }), presence, (trials, a) => {
        const { first, last } = appearanceWindow(trials, a);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThanOrEqual(trials);
        expect(binomialCdf(first - 1, trials, a) + binomialSurvival(last, trials, a)).toBeLessThan(1e-18);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each([
    [1e7, 0.5],
    [1e7, 0.37],
    [1e7, 1e-12],
    [1e7, 3e-7],
    [1e6, 1 - 1e-7],
    [40, 0.2],
  ])('sums to 1, with the mean and variance of Bin(%d, %d)', (trials, a) => {
    const law = appearanceLaw(trials, a);
    let [mass, deviation, square] = [0, 0, 0];
    for (let n = law.first; n <= law.last; n++) {
      const fromMean = n - trials * a;
      mass += law.probability(n);
      deviation += law.probability(n) * fromMean;
      square += law.probability(n) * fromMean ** 2;
    }
    const variance = trials * a * (1 - a);
    expect(Math.abs(mass - 1)).toBeLessThan(1e-13);
    expect(Math.abs(deviation)).toBeLessThan(1e-12 * Math.sqrt(variance) + 2 ** -52 * trials * a);
    expect(Math.abs(square / variance - 1)).toBeLessThan(1e-9);
  });

  it('keeps the neighbours of the mode, however improbable, as long as they are possible', () => {
    expect(appearanceWindow(1, 1e-40)).toEqual({ first: 0, last: 1 });
    expect(appearanceWindow(1000, 1e-40)).toEqual({ first: 0, last: 2 });
    expect(appearanceWindow(1000, 0)).toEqual({ first: 0, last: 0 });
    expect(appearanceWindow(1000, 1)).toEqual({ first: 1000, last: 1000 });
  });

  it('is the binomial pmf inside the window and 0 outside', () => {
    const law = appearanceLaw(1000, 0.5);
    expect(law.probability(500)).toBe(binomialPmf(500, 1000, 0.5));
    expect([law.first - 1, law.last + 1, -1, 1001].map(law.probability)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [0, 0.4, 0],
    [9, 0, 0],
    [9, 1, 9],
  ])('is one certain count for %d trials of presence %d', (trials, a, count) => {
    const law = appearanceLaw(trials, a);
    expect([law.first, law.last, law.probability(count)]).toEqual([count, count, 1]);
  });

  it('keeps a window of some ten standard deviations', () => {
    const { first, last } = appearanceWindow(1e7, 0.5);
    expect((last - first) / Math.sqrt(2.5e6)).toBeGreaterThan(19);
    expect((last - first) / Math.sqrt(2.5e6)).toBeLessThan(22);
  });

  it('refuses what is no law', () => {
    expect(() => appearanceLaw(-1, 0.5)).toThrow(RangeError);
    expect(() => appearanceLaw(2.5, 0.5)).toThrow(RangeError);
    expect(() => appearanceLaw(3, 1.5)).toThrow(RangeError);
  });
});
