import { describe, expect, it } from 'vitest';
import { finalBits } from '../../src/kernels/finals.ts';
import { FloatHistogramCounter } from '../../src/statistics/float-histogram.ts';
import { centralSum, type JointMoments, jointMoments } from '../../src/statistics/joint-moments.ts';
import { expectSameTrajectory, foldPlainly } from './plain-fold.ts';
import { runOfChunk, watchedCells } from './watched-cells.ts';

/** Asserts the same means and central moments, to 1e-11 of what is summed up in them. */
function expectMoments(actual: JointMoments, lower: Float64Array, upper: Float64Array): void {
  const expected = jointMoments(lower, upper);
  expect(actual.count).toBe(expected.count);
  for (const run of [0, 1] as const) expect(actual.mean[run] / expected.mean[run]).toBeCloseTo(1, 11);
  for (let order = 2; order <= 4; order++) {
    for (let j = 0; j <= order; j++) {
      const k = order - j;
      const scale = lower.reduce((sum, x, index) => {
        return sum + Math.abs((x - expected.mean[0]) ** j * (upper[index] - expected.mean[1]) ** k);
      }, 0);
      const error = centralSum(actual, j, k) - centralSum(expected, j, k);
      expect(Math.abs(error)).toBeLessThanOrEqual(1e-11 * scale);
    }
  }
}

function histogramOf(values: Float64Array) {
  const counter = new FloatHistogramCounter(finalBits);
  for (const value of values) counter.add(value);
  return counter.toHistogram();
}

describe.each(watchedCells)('the summary of a chunk of $name', ({ cell }) => {
  const { finals, summary } = runOfChunk(cell);
  const lower = finals.filter((_, at) => at % 2 === 0);
  const upper = finals.filter((_, at) => at % 2 === 1);

  it('has the moments of the final norms and of their squares', () => {
    expectMoments(summary.norm, lower.map(Math.sqrt), upper.map(Math.sqrt));
    expectMoments(summary.squaredNorm, lower, upper);
  });

  it('has the histograms of the final states', () => {
    expect(summary.histograms).toEqual({ lower: histogramOf(lower), upper: histogramOf(upper) });
  });

  it('has the moments and histograms of the recorded states, as the plain twin folds them from the watched pairs', () => {
    if (cell.recordedSteps.length === 0) {
      expect(summary.trajectory).toBeNull();
      return;
    }
    expectSameTrajectory(summary.trajectory!, foldPlainly(cell));
  });
});
