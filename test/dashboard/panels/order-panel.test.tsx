import { expect, it } from 'vitest';
import type { ChunkSummary } from '../../../src/coupling/chunk-summary.ts';
import { firstViolationOf } from '../../../src/dashboard/first-violation.ts';
import { orderPanel } from '../../../src/dashboard/panels/order-panel.tsx';
import { initialUi, type UiState } from '../../../src/dashboard/ui-state.ts';
import type { Cell } from '../../../src/engine/plan.ts';
import { replayPair } from '../../../src/engine/replay-pair.ts';
import { formatCount, formatSignificant } from '../../../src/report/format-number.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from '../samples.ts';
import { brokenFrom, expectToFit, linesShown, shownIn, withMerged } from './rooms.tsx';

const [constant, violated, sweep] = [await constantSample(), await violatedSample(), await sweepSample()];
const { order } = violated.cells[0].merged as ChunkSummary;
const { replicate, step } = firstViolationOf(violated, 0)!;
const replay = replayPair(violated.facts.cells[0].plan as Cell, replicate, 4);
const replayed: UiState = { ...initialUi, replay: { cell: 0, replicate, replay } };

it('counts what the snapshot counts', () => {
  const text = shownIn(orderPanel, violated);
  for (const [name, count] of [
    ['violated at some step', order.pairsViolatedAtSomeStep],
    ['violated at the end', order.pairsViolatedAtEnd],
    ['ties at the end', order.ties],
    ['violated pair-steps', order.violatedPairSteps],
  ] as const) {
    expect(text).toMatch(new RegExp(`${name} +${formatCount(count)} `));
  }
});

it('says whether the criterion told every new violation', () => {
  expect(shownIn(orderPanel, violated)).toContain('predicted by the sharp criterion: equal');
  const off = withMerged(violated, (merged) => ({ ...merged, order: { ...order, newViolationsPredicted: 7 } }));
  expect(shownIn(orderPanel, off)).toContain('7 predicted by the sharp criterion: NOT equal');
  const unknown = withMerged(violated, (merged) => ({ ...merged, order: { ...order, newViolationsPredicted: null } }));
  expect(shownIn(orderPanel, unknown)).toContain('no sharp criterion is known here');
});

it('names the claim that guarantees the order, or that there is none', () => {
  expect(shownIn(orderPanel, constant)).toContain('as A3 says it must be');
  expect(shownIn(orderPanel, violated)).toContain('no claim guarantees the order here');
});

it('gives the address of the first violation and offers to replay it', () => {
  expect(shownIn(orderPanel, violated)).toContain(`first: cell 0, pair ${replicate}, step ${step}; Enter replays it`);
  expect(shownIn(orderPanel, constant)).not.toContain('Enter');
  expect(firstViolationOf(constant, 0)).toBeNull();
  expect(firstViolationOf(constant, 99)).toBeNull();
});

it('marks the step that breaks the order, and writes out what decided it', () => {
  const room = { width: 100, height: 40 };
  const lines = linesShown(orderPanel, { snapshot: violated, ui: replayed, room });
  const marked = lines.filter((line) => line.startsWith('▶'));
  const { lower, upper } = replay.path.find((observed) => observed.step === step)!;
  expect(marked).toHaveLength(1);
  expect(marked[0].split(/ +/).slice(1, 4)).toEqual([
    String(step),
    formatSignificant(lower, 8),
    formatSignificant(upper, 8),
  ]);
  expect(lines.join(' ')).toMatch(/decided by A2: .* for \S+ > \S+/);
  expect(lines.join(' ')).not.toContain('Enter replays it');
});

it('keeps the marked step and the inequality in a pane of nine lines', () => {
  const lines = linesShown(orderPanel, { snapshot: violated, ui: replayed, room: { width: 58, height: 9 } });
  expect(lines.filter((line) => line.startsWith('▶'))).toHaveLength(1);
  expect(lines.join(' ')).toContain('decided by A2');
});

it('does not show the replay of another cell', () => {
  const other = { ...replayed, replay: { ...replayed.replay!, cell: 1 } };
  expect(shownIn(orderPanel, violated, other)).not.toContain('▶');
});

it('draws the share out of order after each recorded step, down to that at the end', () => {
  const text = shownIn(orderPanel, violated);
  expect(text).toMatch(/step 5 +200/);
  const { order, trajectory } = violated.cells[0].merged as ChunkSummary;
  expect(trajectory!.pairsViolated.at(-1)).toBe(order.pairsViolatedAtEnd);
  expect(text).toContain('% of the pairs out of order after each step');
  expect(shownIn(orderPanel, constant)).not.toContain('out of order');
});

it('is for coupled pairs alone', async () => {
  expect(orderPanel.isFor(constant)).toBe(true);
  expect(orderPanel.isFor(await trainingSample())).toBe(false);
});

it('fits into every room, whatever is missing', () => {
  const all = [violated, constant, sweep, ...brokenFrom(violated)];
  expectToFit(orderPanel, all, [initialUi, replayed, { ...initialUi, cell: 11 }]);
});
