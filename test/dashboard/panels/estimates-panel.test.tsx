import { expect, it } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import { estimatesPanel } from '../../../src/dashboard/panels/estimates-panel.tsx';
import { coupledResult } from '../../../src/dashboard/shown-cell.ts';
import type { Snapshot } from '../../../src/dashboard/snapshot.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import type { Cell } from '../../../src/engine/plan.ts';
import { type StoppingRule, stoppingState } from '../../../src/engine/stopping-rule.ts';
import { formatEstimate, formatSignificant, formatZScore } from '../../../src/report/format-number.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from '../samples.ts';
import { brokenFrom, expectToFit, linesShown, shownIn } from './rooms.tsx';

const [constant, early, violated, sweep] = [
  await constantSample(),
  await constantSample(3),
  await violatedSample(),
  await sweepSample(),
];

function withRule(snapshot: Snapshot, until: StoppingRule): Snapshot {
  const [cell] = snapshot.facts.cells;
  const [view] = snapshot.cells;
  const facts = { ...snapshot.facts, cells: [{ ...cell, plan: { ...cell.plan, until } as Cell }] };
  // Another summary, because a cell's numbers are remembered by it.
  return { ...snapshot, facts, cells: [{ ...view, merged: { ...(view.merged as ChunkSummary) } }] };
}

it('shows the mean, its error, the exact value and the z-score of the snapshot', () => {
  const { norm } = coupledResult(constant, 0)!;
  const lines = linesShown(estimatesPanel, { snapshot: constant, ui: initialUi, room: { width: 120, height: 20 } });
  for (const [name, { mean, standardError, exact, zScore }] of [
    ['lower', norm.lower],
    ['upper', norm.upper],
    ['difference', norm.difference],
  ] as const) {
    const cells = lines.find((line) => line.startsWith(name))!.split(/ {2,}/);
    expect(cells.slice(1, 5)).toEqual([
      formatEstimate(mean, standardError),
      formatSignificant(standardError!, 2),
      formatSignificant(exact!, 7),
      formatZScore(zScore!),
    ]);
  }
});

it('shows both variance reductions beside their exact values', () => {
  const { varianceReduction } = coupledResult(constant, 0)!;
  const text = shownIn(estimatesPanel, constant);
  expect(text).toMatch(new RegExp(`for s .*${formatSignificant(varianceReduction.exact!, 4)}`));
  expect(text).toMatch(new RegExp(`for ‖q‖ .*${formatSignificant(varianceReduction.norm.exact!, 4)}`));
});

it('counts the pairs that the numbers come from', () => {
  expect(shownIn(estimatesPanel, constant)).toContain('1,000 of 1,000 pairs');
  expect(shownIn(estimatesPanel, early)).toContain(`${coupledResult(early, 0)!.replicates} of 1,000 pairs`);
});

it('shows a dash where no exact law is known', () => {
  const row = shownIn(estimatesPanel, violated).match(/difference .*/)![0];
  expect(row.match(/–/g)).toHaveLength(2);
});

it.each([
  ['not reached', 1e-6],
  ['reached', 1],
])('says that a precision is %s', (end, halfWidth) => {
  const rule = { halfWidth, level: 0.95 };
  const state = stoppingState(rule, constant.cells[0].merged as ChunkSummary);
  const known = state.rule === 'precision' ? formatSignificant(state.targets[0].halfWidth!, 3) : '';
  const line = shownIn(estimatesPanel, withRule(constant, rule)).match(/difference within .*/)![0];
  expect(line).toContain(`difference within ±${known}, target ±${formatSignificant(halfWidth, 3)}`);
  expect(line).toContain(`: ${end}`);
});

it('names every target, the relative ones in per cent', () => {
  const rule = {
    'norm.upper': { relativeHalfWidth: 0.5 },
    'norm.difference': { relativeHalfWidth: 1e-9 },
    level: 0.95,
  };
  const text = shownIn(estimatesPanel, withRule(constant, rule)).replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/norm\.upper within ±[\d.]+ or ±[\d.]+ %, target ±50 %/);
  expect(text).toMatch(/difference within ±[\d.]+ or ±[\d.]+ %, target ±\S+ %, 95 % confidence sequence: not reached/);
});

it('says which rate was decided for', () => {
  const rule = { violationRate: { atMost: 0.01, atLeast: 0.05 }, level: 0.99 };
  expect(shownIn(estimatesPanel, withRule(violated, rule))).toContain('99 %: the higher rate, reached');
});

it('leaves columns out from the right, never the means', () => {
  const narrow = shownIn(estimatesPanel, constant, initialUi, { width: 36, height: 12 });
  const { norm } = coupledResult(constant, 0)!;
  expect(narrow).toContain(formatEstimate(norm.upper.mean, norm.upper.standardError));
  expect(narrow).not.toContain('95 %');
  expect(narrow).not.toContain('…');
});

it('is for coupled pairs alone', async () => {
  expect(estimatesPanel.isFor(constant)).toBe(true);
  expect(estimatesPanel.isFor(await trainingSample())).toBe(false);
});

it('fits into every room, whatever is missing', () => {
  const rule = withRule(violated, { halfWidth: 0.001, level: 0.95 });
  const all = [constant, early, violated, sweep, rule, ...brokenFrom(constant)];
  expectToFit(estimatesPanel, all, [initialUi, { ...initialUi, cell: 11 }]);
});
