import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordedSteps } from '../../src/scenarios/cells/recorded-steps.ts';

it.each([
  [{ points: 4, spacing: 'linear' }, 100, [25, 50, 75, 100]],
  [{ points: 4, spacing: 'log' }, 1000, [1, 10, 100, 1000]],
  [{ points: 50, spacing: 'linear' }, 3, [1, 2, 3]],
  [{ points: 1, spacing: 'log' }, 7, [7]],
  [{ points: 0, spacing: 'linear' }, 7, []],
  [{ points: 9, spacing: 'log' }, 0, []],
] as const)('spreads %j over %i steps as %j', (trajectory, steps, expected) => {
  expect(recordedSteps(trajectory, steps)).toEqual(expected);
});

it('increases inside 1…steps, ends with the last step, and has at most as many points as asked', () => {
  const trajectory = fc.record({ points: fc.integer({ min: 1, max: 200 }), spacing: fc.constantFrom('linear', 'log') });
  fc.assert(
    fc.property(trajectory, fc.integer({ min: 1, max: 1e9 }), (asked, steps) => {
      const recorded = recordedSteps(asked as { points: number; spacing: 'linear' | 'log' }, steps);
      expect(recorded.every((step, index) => Number.isInteger(step) && step > (recorded[index - 1] ?? 0))).toBe(true);
      expect(recorded.at(-1)).toBe(steps);
      expect(recorded.length).toBeLessThanOrEqual(asked.points);
    }),
    { seed: 1 },
  );
});
