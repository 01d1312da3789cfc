import { expect } from 'vitest';
import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import type { Cell } from '../../src/engine/plan.ts';
import { isOrderViolated } from '../../src/process/order.ts';
import { TrajectoryCounter } from '../../src/statistics/trajectory-moments.ts';
import { watchAll } from './watched-cells.ts';

type Trajectory = NonNullable<ChunkSummary['trajectory']>;

/** The recorded states of a cell's watched pairs, folded by the plain twin. */
export function foldPlainly(cell: Cell): Trajectory {
  const [lower, upper] = [0, 1].map(() => new TrajectoryCounter(cell.recordedSteps.length));
  const pairsViolated = cell.recordedSteps.map(() => 0);
  for (const recorded of watchAll(cell).recorded) {
    lower.add(recorded.lower);
    upper.add(recorded.upper);
    pairsViolated.forEach((count, point) => {
      const isViolated = isOrderViolated(recorded.lower[point], recorded.upper[point]);
      pairsViolated[point] = count + Number(isViolated);
    });
  }
  return { lower: lower.toMoments(), upper: upper.toMoments(), pairsViolated };
}

/** Asserts the same histograms and counts of violated pairs, and the same moments to 1e-12 of themselves. */
export function expectSameTrajectory(actual: Trajectory, expected: Trajectory): void {
  expect(actual.pairsViolated).toEqual(expected.pairsViolated);
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
