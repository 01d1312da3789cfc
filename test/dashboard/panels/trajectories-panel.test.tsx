import { expect, it } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import { trajectoriesPanel } from '../../../src/dashboard/panels/trajectories-panel.tsx';
import { coupledResult } from '../../../src/dashboard/shown-cell.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { formatSignificant } from '../../../src/report/format-number.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from '../samples.ts';
import { brokenFrom, expectToFit, linesShown, shownIn, withMerged } from './rooms.tsx';

const [constant, violated, sweep] = [await constantSample(), await violatedSample(), await sweepSample()];
const room = { width: 100, height: 24 };

it('says the largest distance of the means from the exact curve', () => {
  const { lower, upper } = coupledResult(constant, 0)!.trajectory;
  const distances = [lower, upper].flatMap(({ mean, exact, standardError }) => {
    return mean.map((value, step) => Math.abs(value - exact![step]) / standardError[step]!);
  });
  const largest = formatSignificant(Math.max(...distances), 3);
  expect(shownIn(trajectoriesPanel, constant)).toContain(`exact: within the line, largest |z| = ${largest}`);
});

it('draws the exact curve where it leaves the line', () => {
  const apart = withMerged(constant, (merged: ChunkSummary) => {
    const lower = merged.trajectory!.lower;
    const raised = { ...lower, mean: lower.mean.map((mean) => mean + 0.5) };
    return { ...merged, trajectory: { ...merged.trajectory!, lower: raised } };
  });
  const lines = linesShown(trajectoriesPanel, { snapshot: apart, ui: initialUi, room });
  expect(lines.filter((line) => line.includes('×')).length).toBeGreaterThan(3);
  expect(lines.at(-1)).toMatch(/^exact: ×, largest \|z\| = \d/);
});

it('says that no exact curve is known', () => {
  expect(shownIn(trajectoriesPanel, violated)).toContain('exact: not known');
});

it('writes the runs at the ends of their curves, the upper one higher', () => {
  const lines = linesShown(trajectoriesPanel, { snapshot: constant, ui: initialUi, room });
  const [upper, lower] = ['━ ‖q″‖', '─ ‖q′‖'].map((end) => lines.findIndex((line) => line.endsWith(end)));
  expect(upper).toBeGreaterThan(0);
  expect(lower).toBeGreaterThan(upper);
});

it('names the axis, and what the fourth power is for', () => {
  const captions = (['linear', 'logarithmic', 'fourth power'] as const).map(
    (scale) => linesShown(trajectoriesPanel, { snapshot: constant, ui: { ...initialUi, scale }, room })[0],
  );
  expect(captions).toEqual([
    '‖q‖, linear axis · cell 0',
    '‖q‖, logarithmic axis · cell 0',
    '‖q‖, fourth power axis: the law of growth is a line · cell 0',
  ]);
});

it('is for coupled pairs alone', async () => {
  expect(trajectoriesPanel.isFor(constant)).toBe(true);
  expect(trajectoriesPanel.isFor(await trainingSample())).toBe(false);
});

it('fits into every room, whatever is missing', () => {
  const all = [constant, violated, sweep, ...brokenFrom(constant)];
  expectToFit(trajectoriesPanel, all, [initialUi, { ...initialUi, cell: 11 }]);
});
