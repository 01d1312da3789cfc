import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawStandardNormal } from '../../src/coupling/start.ts';
import { standardNormalQuantile } from '../../src/maths/normal-quantile.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { type BlockMean, blockEstimate, normalScoreOfT } from '../../src/statistics/block-estimate.ts';
import { jointMoments } from '../../src/statistics/joint-moments.ts';
import { meanEstimate } from '../../src/statistics/pair-estimates.ts';
import { shareZ } from '../error-budget.ts';

/** Blocks of unequal sizes of independent standard normals. */
function normalBlocks(number: number): BlockMean[] {
  const uniform = replicateStreams(6, 'blocks', 'sfc32')(number)('start');
  return [64, 64, 64, 64, 64, 2].map((count) => ({ count, mean: drawStandardNormal(uniform) / Math.sqrt(count) }));
}

describe('an estimate from blocks', () => {
  it('is the usual one where each block is one replicate', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 50 }), (values) => {
        const { estimate, standardError } = blockEstimate(values.map((mean) => ({ count: 1, mean })));
        const usual = meanEstimate(jointMoments(values, values), 0);
        expect(estimate).toBeCloseTo(usual.estimate, 9);
        expect(standardError).toBeCloseTo(usual.standardError!, 9);
      }),
      { seed: 12 },
    );
  });

  it('has the mean of all replicates, and a standard error without bias', () => {
    const runs = 4000;
    const estimates = Array.from({ length: runs }, (_, number) => blockEstimate(normalBlocks(number)));
    const replicates = 5 * 64 + 2;
    const squares = estimates.map(({ standardError }) => replicates * standardError ** 2);
    const degrees = estimates[0].degreesOfFreedom;
    const mean = squares.reduce((sum, of) => sum + of, 0) / runs;
    // σ̂² of normal blocks is σ² χ²/K−1: its variance is 2/(K − 1).
    expect(Math.abs(mean - 1) / Math.sqrt(2 / degrees / runs)).toBeLessThan(shareZ);
    const asIfEqual = Array.from({ length: runs }, (_, number) => {
      const means = normalBlocks(number).map((block) => block.mean);
      return replicates * meanEstimate(jointMoments(means, means), 0).standardError! ** 2;
    });
    const wrong = asIfEqual.reduce((sum, of) => sum + of, 0) / runs;
    expect(Math.abs(wrong - 1) / Math.sqrt(2 / degrees / runs)).toBeGreaterThan(shareZ);
  });

  it('refuses a single block', () => {
    expect(() => blockEstimate([{ count: 3, mean: 1 }])).toThrow('blockEstimate: expected at least 2 blocks, got 1');
  });
});

describe('the normal score of a t', () => {
  // Quantiles of Student's t, from Abramowitz and Stegun, table 26.10.
  it.each([
    [4, 0.975, 2.776],
    [4, 0.995, 4.604],
    [4, 0.9995, 8.61],
    [9, 0.975, 2.262],
    [9, 0.9995, 4.781],
    [30, 0.975, 2.042],
    [120, 0.9995, 3.373],
  ])('is within 2 %% of the normal quantile, and not beyond it: %d degrees, %d', (degrees, probability, t) => {
    const ratio = normalScoreOfT(t, degrees) / standardNormalQuantile(probability);
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.0005);
    expect(normalScoreOfT(-t, degrees)).toBe(-normalScoreOfT(t, degrees));
  });
});
