import { expect, it } from 'vitest';
import { costForecast, type MeasuredCell } from '../../src/engine/cost-forecast.ts';
import { type Cell, nominalNanoseconds, planCells } from '../../src/engine/plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = { generator: 'sfc32', seed: 1, replicates: 1000, recordedSteps: [] } as const;

function cellOf(steps: number, coupling: 'steps' | 'slots' = 'steps'): Cell {
  const pair = pairOf({ steps, batchSize: 16, popularity: { lower: 0.02, upper: 0.04 } });
  return planCells([{ ...request, pair, coupling }]).cells[0];
}

const takes = (cell: Cell, times: number, noise = 0): MeasuredCell => {
  const nominal = nominalNanoseconds(cell) * 1e-9;
  return { cell, cpuSeconds: times * nominal, wallSeconds: (times * nominal) / 2, noise };
};

it('takes a measured cell at its word, and the others by the nearest of their member', () => {
  const { costOf } = costForecast([takes(cellOf(100), 2), takes(cellOf(10_000), 8), takes(cellOf(50, 'slots'), 5)], 9);
  const times = (cell: Cell) => costOf(cell).cpuSeconds / nominalNanoseconds(cell) / 1e-9;
  expect(times(cellOf(100))).toBeCloseTo(2, 9);
  expect(times(cellOf(10_000))).toBeCloseTo(8, 9);
  expect(times(cellOf(10))).toBeCloseTo(2, 9);
  expect(times(cellOf(1e6))).toBeCloseTo(8, 9);
  expect(times(cellOf(700))).toBeGreaterThan(3);
  expect(times(cellOf(700))).toBeLessThan(6);
  expect(times(cellOf(9999, 'slots'))).toBeCloseTo(5, 9);
  expect(costOf(cellOf(100)).wallSeconds).toBeCloseTo(costOf(cellOf(100)).cpuSeconds / 2, 15);
});

it('is less sure where measurements scatter, and where the constants mislead', () => {
  const steady = [100, 1000, 10_000, 100_000].map((steps) => takes(cellOf(steps), 2));
  const noisy = [100, 1000, 10_000, 100_000].map((steps) => takes(cellOf(steps), 2, 0.8));
  const crooked = [100, 1000, 10_000, 100_000].map((steps, place) => takes(cellOf(steps), place % 2 === 0 ? 2 : 9));
  expect(costForecast(steady, 4).factor).toBeCloseTo(1.15, 9);
  expect(costForecast(noisy, 4).factor).toBeGreaterThan(1.5);
  expect(costForecast(crooked, 99).factor).toBeGreaterThan(2);
  // With every cell measured nothing is interpolated; with one of many nothing is known of the others.
  expect(costForecast(crooked, 4).factor).toBeCloseTo(1.15, 9);
  expect(costForecast(steady.slice(0, 1), 99).factor).toBeGreaterThan(2);
});

it('refuses a member that was not measured', () => {
  expect(() => costForecast([takes(cellOf(100), 1)], 2).costOf(cellOf(100, 'slots'))).toThrow(/no cell of slots/);
});
