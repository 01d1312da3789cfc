import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeTrajectoryMoments, TrajectoryCounter } from '../../src/statistics/trajectory-moments.ts';

const squaredNorms = fc.tuple(
  fc.double({ min: 0.1, max: 9, noNaN: true }),
  fc.double({ min: 0.1, max: 9, noNaN: true }),
);
const sample = fc.array(squaredNorms, { minLength: 1, maxLength: 30 });

function momentsOf(paths: readonly (readonly number[])[]) {
  const counter = new TrajectoryCounter(2);
  for (const path of paths) counter.add(Float64Array.from(path));
  return counter.toMoments();
}

it('keeps the mean norm and its squares at each recorded step, merged or not', () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const merged = mergeTrajectoryMoments(momentsOf(a), momentsOf(b));
      const all = [...a, ...b];
      expect(merged.count).toBe(all.length);
      expect(merged.histograms).toEqual(momentsOf(all).histograms);
      [0, 1].forEach((step) => {
        const norms = all.map((path) => Math.sqrt(path[step]));
        const mean = norms.reduce((sum, norm) => sum + norm, 0) / norms.length;
        expect(merged.mean[step]).toBeCloseTo(mean, 12);
        expect(merged.squares[step]).toBeCloseTo(
          norms.reduce((sum, norm) => sum + (norm - mean) ** 2, 0),
          10,
        );
      });
    }),
  );
});
