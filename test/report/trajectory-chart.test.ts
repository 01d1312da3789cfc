import { expect, it } from 'vitest';
import type { CellResult } from '../../src/engine/cell-result.ts';
import { trajectoryChart } from '../../src/report/trajectory-chart.ts';

const plain = (text: string) => text;
const paint = { bold: plain, dim: plain, good: plain, bad: plain, lower: plain, upper: plain };

const chartOf = (lower: number[], upper: number[]) => {
  const trajectory = { step: [1, 2, 3], lower: { mean: lower }, upper: { mean: upper } };
  return trajectoryChart({ trajectory } as unknown as CellResult, paint);
};

it('draws means that differ by rounding alone as one line', () => {
  const chart = chartOf([1, 1, 1], [1, 1 + 2 ** -52, 1]);
  expect(chart?.split('\n')).toHaveLength(2);
  expect(chart).toContain('‖q″‖ ‖q′‖');
});

it('labels each curve where it ends', () => {
  const rows = chartOf([1, 1.2, 1.5], [1, 2, 3])!.split('\n');
  const rowOf = (label: string) => rows.findIndex((row) => row.endsWith(label));
  expect(rowOf('‖q″‖')).toBe(0);
  expect(rowOf('‖q′‖')).toBeGreaterThan(rowOf('‖q″‖'));
});
