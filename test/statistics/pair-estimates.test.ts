import { describe, expect, it } from 'vitest';
import { drawStandardNormal } from '../../src/coupling/start.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { jointMoments } from '../../src/statistics/joint-moments.ts';
import {
  differenceEstimate,
  differenceKurtosis,
  meanEstimate,
  varianceReductionEstimate,
  zScore,
} from '../../src/statistics/pair-estimates.ts';
import { shareZ } from '../error-budget.ts';

/** Pairs x = a + b, y = a + c of independent normals: the pairing's factor is (2 + 2)/2 = 2 when all have variance 1. */
function correlatedPairs(count: number, replicate: number) {
  const open = replicateStreams(5, 'pairs', 'sfc32')(replicate);
  const uniform = open('start');
  const [xs, ys] = [new Float64Array(count), new Float64Array(count)];
  for (let index = 0; index < count; index++) {
    const common = drawStandardNormal(uniform);
    xs[index] = common + drawStandardNormal(uniform);
    ys[index] = common + drawStandardNormal(uniform);
  }
  return jointMoments(xs, ys);
}

describe('estimates of a pair', () => {
  it('gives the mean, the paired difference and their standard errors', () => {
    const moments = jointMoments([1, 3], [2, 6]);
    expect(meanEstimate(moments, 0)).toEqual({ estimate: 2, standardError: 1 });
    expect(meanEstimate(moments, 1)).toEqual({ estimate: 4, standardError: 2 });
    expect(differenceEstimate(moments)).toEqual({ estimate: 2, standardError: 1 });
  });

  it('has no standard error for a single pair', () => {
    expect(meanEstimate(jointMoments([1], [2]), 0).standardError).toBeNull();
    expect(varianceReductionEstimate(jointMoments([1], [2]))).toBeNull();
  });

  it('finds the known variance-reduction factor within its standard error, and the error right in size', () => {
    const estimates = Array.from({ length: 400 }, (_, replicate) => {
      return varianceReductionEstimate(correlatedPairs(1000, replicate))!;
    });
    const scores = estimates.map(({ estimate, standardError }) => (estimate - 2) / standardError!);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const square = scores.reduce((sum, score) => sum + score * score, 0) / scores.length;
    // A ratio of 1,000 pairs is biased by about 0.05 standard errors.
    expect(Math.abs(mean)).toBeLessThan(0.1 + shareZ / Math.sqrt(scores.length));
    expect(Math.abs(square - 1)).toBeLessThan(0.05 + shareZ * Math.sqrt(2 / scores.length));
  });

  it('has no variance-reduction factor where the difference does not vary', () => {
    expect(varianceReductionEstimate(jointMoments([1, 2], [2, 3]))).toBeNull();
  });
});

describe('differenceKurtosis', () => {
  it('is that of the differences, whatever the two runs share', () => {
    // Differences 0, 0, 0, 1: 1/(q(1 − q)) − 3 for q = ¼.
    expect(differenceKurtosis(jointMoments([1, 5, 2, 9], [1, 5, 2, 10]))).toBeCloseTo(16 / 3 - 3, 12);
    expect(differenceKurtosis(jointMoments([0, 0], [1, -1]))).toBe(1);
  });

  it('is null where the difference does not vary', () => {
    expect(differenceKurtosis(jointMoments([1, 2], [1, 2]))).toBeNull();
    expect(differenceKurtosis(jointMoments([1], [2]))).toBeNull();
  });
});

describe('zScore', () => {
  it('counts standard errors of the exact law', () => {
    expect(zScore(1.5, { mean: 1, variance: 4 }, 16)).toBe(1);
  });

  it('is 0 within rounding of a law without variance, and as large as can be outside', () => {
    expect(zScore(0.1 + 0.2, { mean: 0.3, variance: 0 }, 10)).toBe(0);
    expect(zScore(0.31, { mean: 0.3, variance: 0 }, 10)).toBe(Number.MAX_VALUE);
    expect(zScore(0.29, { mean: 0.3, variance: 0 }, 10)).toBe(-Number.MAX_VALUE);
  });
});
