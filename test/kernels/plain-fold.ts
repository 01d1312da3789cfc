import { expect } from 'vitest';
import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import type { Cell } from '../../src/engine/plan.ts';
import { TrajectoryCounter } from '../../src/statistics/trajectory-moments.ts';
import { watchAll } from './watched-cells.ts';

type Trajectory = NonNullable<ChunkSummary['trajectory']>;

/** The recorded states of a cell's watched pairs, folded by the plain twin. */
export function foldPlainly(cell: Cell): Trajectory {
  const [lower, upper] = [0, 1].map(() => new TrajectoryCounter(cell.recordedSteps.length));
  for (const recorded of watchAll(cell).recorded) {
    lower.add(recorded.lower);
    upper.add(recorded.upper);
  }
  return { lower: lower.toMoments(), upper: upper.toMoments() };
}

/** Asserts the same histograms, and the same moments to 1e-12 of themselves. */
export function expectSameTrajectory(actual: Trajectory, expected: Trajectory): void {
  for (const run of ['lower', 'upper'] as const) {
    expect(actual[run].count).toBe(expected[run].count);
    expect(actual[run].histograms).toEqual(expected[run].histograms);
    for (const moment of ['mean', 'squares'] as const) {
      expect(actual[run][moment].length).toBe(expected[run][moment].length);
      expected[run][moment].forEach((value, point) => {
        expect(Math.abs(actual[run][moment][point] - value)).toBeLessThanOrEqual(1e-12 * value);
      });
    }
  }
}
