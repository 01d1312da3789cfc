import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import { appearanceLaw } from '../../src/process/appearance-law.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import { jointMoments, tieProbability } from '../../src/process/joint-law.ts';
import { runMoments } from '../../src/process/norm-law.ts';
import { presenceGap, presenceProbability } from '../../src/process/presence.ts';
import { relativeError } from '../maths/relative-error.ts';

/** The joint moments of a pair with s₀ = c = 1 unless another growth is given, and its marginals. */
function jointOf(popularity: [number, number], batchSize: number, steps: number, growth?: Float64Array) {
  const [lowerPresence, upperPresence] = popularity.map((p) => presenceProbability(p, batchSize));
  const [lower, upper] = [appearanceLaw(steps, lowerPresence), appearanceLaw(steps, upperPresence)];
  const table = growth ?? growthTable(1, 1, upper.last);
  const marginals = (measure: (squaredNorm: number) => number) => {
    return { lower: runMoments(lower, table, measure), upper: runMoments(upper, table, measure) };
  };
  const [norm, squaredNorm] = [marginals(Math.sqrt), marginals((value) => value)];
  const missing = presenceGap(...popularity, batchSize) / upperPresence;
  const means = {
    norm: { lower: norm.lower.mean, upper: norm.upper.mean },
    squaredNorm: { lower: squaredNorm.lower.mean, upper: squaredNorm.upper.mean },
  };
  const joint = jointMoments({ upper, missing, growth: table, means });
  if (joint === null) throw new Error('the joint law was refused');
  return {
    norm: { ...norm, ...joint.norm },
    squaredNorm: { ...squaredNorm, ...joint.squaredNorm },
  };
}

type Moments = ReturnType<typeof jointOf>['norm'];
const varianceReduction = ({ lower, upper, difference }: Moments) => {
  return (lower.variance + upper.variance) / difference.variance;
};

describe('jointMoments', () => {
  it.each([1, 2, 3, 4, 5])('is the sum over all 3^%d joint presence patterns in exact arithmetic', (steps) => {
    const growth = growthTable(0.5, 1.5, steps);
    const [both, upperOnly] = [Rational.of(0.25), Rational.of(0.3125)];
    const neither = Rational.of(1 - 0.5625);
    const chances = [neither, upperOnly, both];
    const zero = Rational.of(0);
    const sums = { lower: zero, upper: zero, difference: zero, square: zero, product: zero };
    for (let pattern = 0; pattern < 3 ** steps; pattern++) {
      const outcomes = Array.from({ length: steps }, (_, step) => Math.floor(pattern / 3 ** step) % 3);
      const probability = outcomes.map((outcome) => chances[outcome]).reduce((a, b) => a.times(b));
      const lower = Rational.of(growth[outcomes.filter((outcome) => outcome === 2).length]);
      const upper = Rational.of(growth[outcomes.filter((outcome) => outcome > 0).length]);
      const difference = upper.minus(lower);
      sums.lower = sums.lower.plus(probability.times(lower));
      sums.upper = sums.upper.plus(probability.times(upper));
      sums.difference = sums.difference.plus(probability.times(difference));
      sums.square = sums.square.plus(probability.times(difference).times(difference));
      sums.product = sums.product.plus(probability.times(lower).times(upper));
    }
    const joint = jointOf([0.25, 0.5625], 1, steps, growth).squaredNorm;
    expect(relativeError(joint.difference.mean, sums.difference)).toBeLessThan(2e-15);
    const variance = sums.square.minus(sums.difference.times(sums.difference));
    expect(relativeError(joint.difference.variance, variance)).toBeLessThan(5e-15);
    expect(relativeError(joint.covariance, sums.product.minus(sums.lower.times(sums.upper)))).toBeLessThan(1e-14);
  });

  // The theory's figures (A10) are those of the squared norm; the norm's are a little lower.
  it.each([
    [[0.01, 0.02], 8, 200, 3.22, 3.08],
    [[0.01, 0.011], 32, 1000, 18.18, 18.01],
    [[0.05, 0.06], 128, 200, 1.7, 1.69],
  ] as const)(
    'reduces the variance for p = %j, B = %d, T = %d by a factor of %d (norm: %d)',
    (p, B, T, square, norm) => {
      const joint = jointOf([...p], B, T);
      expect(varianceReduction(joint.squaredNorm)).toBeCloseTo(square, 1.8);
      expect(varianceReduction(joint.norm)).toBeCloseTo(norm, 1.8);
    },
  );

  it('has the difference of the means as the mean of the difference, and a variance that fits the covariance', () => {
    for (const { lower, upper, difference, covariance } of Object.values(jointOf([0.02, 0.05], 16, 5000))) {
      expect(Math.abs(difference.mean / (upper.mean - lower.mean) - 1)).toBeLessThan(1e-11);
      const variance = lower.variance + upper.variance - 2 * covariance;
      expect(Math.abs(difference.variance / variance - 1)).toBeLessThan(1e-9);
    }
  });

  it('keeps the digits of nearly equal popularities', () => {
    // With few missing appearances mean and variance of the difference are proportional to a″ − a′.
    const perGap = [2 ** -32, 2 ** -38].map((relative) => {
      const gap = presenceGap(0.01, 0.01 * (1 + relative), 4);
      const { difference } = jointOf([0.01, 0.01 * (1 + relative)], 4, 1000).norm;
      return { mean: difference.mean / gap, variance: difference.variance / gap };
    });
    expect(perGap[0].mean / perGap[1].mean).toBeCloseTo(1, 6);
    expect(perGap[0].variance / perGap[1].variance).toBeCloseTo(1, 6);
  });

  it('has no difference between equals and the upper law against a lower run that never sees the item', () => {
    const equal = jointOf([0.1, 0.1], 4, 50).norm;
    expect(equal.difference).toEqual({ mean: 0, variance: 0 });
    expect(Math.abs(equal.covariance / equal.lower.variance - 1)).toBeLessThan(1e-13);
    const against = jointOf([0, 0.1], 4, 50).norm;
    expect(Math.abs(against.difference.variance / against.upper.variance - 1)).toBeLessThan(1e-13);
    expect(against.covariance).toBeCloseTo(0, 14);
  });

  it('declines a sum of more than 2e8 terms', () => {
    const upper = appearanceLaw(1e7, 0.6);
    const means = { lower: 0, upper: 0 };
    const setting = { upper, missing: 0.5, growth: new Float64Array(0), means: { norm: means, squaredNorm: means } };
    expect(jointMoments(setting)).toBeNull();
  });
});

describe('tieProbability', () => {
  it('is .811 for p = .05/.06, B = 128, T = 200', () => {
    expect(tieProbability(200, presenceGap(0.05, 0.06, 128))).toBeCloseTo(0.811, 3);
  });

  it('is certain without steps or without a gap, and impossible when only the upper run ever sees the item', () => {
    expect([tieProbability(0, 1), tieProbability(9, 0), tieProbability(9, 1)]).toEqual([1, 1, 0]);
  });
});
