import fc from 'fast-check';
import { mean, sampleCovariance, sampleVariance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { centralMoment, jointMoments, mergeJointMoments, noPairs } from '../../src/statistics/joint-moments.ts';

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const pairs = (minLength: number) => fc.array(fc.tuple(number, number), { minLength, maxLength: 40 });
const momentsOf = (sample: readonly (readonly [number, number])[]) => {
  return jointMoments(
    sample.map(([x]) => x),
    sample.map(([, y]) => y),
  );
};

describe('jointMoments', () => {
  it('agrees with simple-statistics on means, variances and covariance', () => {
    fc.assert(
      fc.property(pairs(2), (sample) => {
        const [xs, ys] = [sample.map(([x]) => x), sample.map(([, y]) => y)];
        const moments = jointMoments(xs, ys);
        const unbiased = sample.length / (sample.length - 1);
        expect(moments.mean[0]).toBeCloseTo(mean(xs), 9);
        expect(moments.mean[1]).toBeCloseTo(mean(ys), 9);
        expect(centralMoment(moments, 2, 0) * unbiased).toBeCloseTo(sampleVariance(xs), 6);
        expect(centralMoment(moments, 0, 2) * unbiased).toBeCloseTo(sampleVariance(ys), 6);
        expect(centralMoment(moments, 1, 1) * unbiased).toBeCloseTo(sampleCovariance(xs, ys), 6);
      }),
    );
  });

  it('has the moments of a sample small enough to do by hand', () => {
    const moments = momentsOf([
      [0, 1],
      [2, 1],
      [4, 7],
    ]);
    expect(moments).toEqual({
      count: 3,
      mean: [2, 3],
      // x − x̄ = −2, 0, 2 and y − ȳ = −2, −2, 4.
      central: [8, 12, 24, 0, 8, 24, 48, 32, 48, 80, 144, 288],
    });
  });
});

describe('mergeJointMoments', () => {
  it('gives the moments of both samples together', () => {
    fc.assert(
      fc.property(pairs(1), pairs(1), (a, b) => {
        const merged = mergeJointMoments(momentsOf(a), momentsOf(b));
        const together = momentsOf([...a, ...b]);
        expect(merged.count).toBe(together.count);
        const scale = Math.max(1, ...[...a, ...b].flat().map(Math.abs));
        const powers = [2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4];
        merged.central.forEach((moment, index) => {
          // Rounding of a sum of 80 terms of this size.
          const tolerance = 1e-12 * together.count * (2 * scale) ** powers[index];
          expect(Math.abs(moment - together.central[index])).toBeLessThanOrEqual(tolerance);
        });
      }),
    );
  });

  it('has the moments of no pairs as its identity', () => {
    const moments = momentsOf([
      [1, 2],
      [3, 5],
    ]);
    expect(mergeJointMoments(noPairs, moments)).toEqual(moments);
    expect(mergeJointMoments(moments, noPairs)).toEqual(moments);
  });

  it('survives JSON bit for bit, −0 included', () => {
    const moments = mergeJointMoments(
      momentsOf([
        [0, 1],
        [-0, 1],
      ]),
      momentsOf([[0, -1]]),
    );
    expect(JSON.parse(JSON.stringify(moments))).toStrictEqual(moments);
  });
});
