import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Dashboard } from '../../src/dashboard/dashboard.tsx';
import { foldSeen } from '../../src/dashboard/fold-seen.ts';
import { panels, panelsFor } from '../../src/dashboard/panels/index.ts';
import { emptySnapshot, type Snapshot } from '../../src/dashboard/snapshot.ts';
import { initialUi, type UiState } from '../../src/dashboard/ui-state.ts';
import type { Cell } from '../../src/engine/plan.ts';
import { replayPair } from '../../src/engine/replay-pair.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from './samples.ts';

const screens = [
  { width: 80, height: 24 },
  { width: 120, height: 40 },
  { width: 200, height: 60 },
];

const constant = await constantSample();
const violated = await violatedSample();
const sweep = await sweepSample();
const training = await trainingSample();
const { replicate } = (violated.cells[0].merged as { order: { firstViolation: { replicate: number } } }).order
  .firstViolation;
const replay = { cell: 0, replicate, replay: replayPair(violated.facts.cells[0].plan as Cell, replicate, 4) };

/** Each pane fills a screen once, and some whole screens beside them. */
const frames: readonly (readonly [name: string, snapshot: Snapshot, ui: Partial<UiState>])[] = [
  ['progress', sweep, { focus: 'progress', isOpen: true }],
  ['estimates', constant, { focus: 'estimates', isOpen: true }],
  ['trajectories', constant, { focus: 'trajectories', isOpen: true }],
  ['trajectories-fourth-power', constant, { focus: 'trajectories', isOpen: true, scale: 'fourth power' }],
  ['order', violated, { focus: 'order', isOpen: true }],
  ['order-replay', violated, { focus: 'order', isOpen: true, replay }],
  ['sweep', sweep, { focus: 'sweep', isOpen: true, cell: 2 }],
  ['claims', sweep, { focus: 'claims', isOpen: true }],
  ['trainer', training, { focus: 'trainer', isOpen: true }],
  ['log', sweep, { focus: 'log', isOpen: true }],
  ['coupled', constant, {}],
  ['sweep-all', sweep, {}],
  ['training', training, {}],
  ['help', sweep, { help: 0 }],
];

function frameOf(snapshot: Snapshot, ui: Partial<UiState>, screen: { width: number; height: number }): string {
  const whole = { ...initialUi, ...ui };
  return renderToString(<Dashboard snapshot={snapshot} ui={whole} screen={screen} />, { columns: screen.width });
}

describe.each(screens)('on $width × $height', (screen) => {
  it.each(frames)('%s is as it was', async (name, snapshot, ui) => {
    const frame = frameOf(snapshot, ui, screen);
    await expect(`${frame}\n`).toMatchFileSnapshot(`frames/${name}-${screen.width}x${screen.height}.txt`);
  });

  it.each(frames)('%s is one line shorter than the screen, and no wider', (_, snapshot, ui) => {
    const lines = frameOf(snapshot, ui, screen).split('\n');
    expect(lines).toHaveLength(screen.height - 1);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(screen.width);
  });
});

it('opens every pane in some frame', () => {
  expect(new Set(frames.flatMap(([, , { focus, isOpen }]) => (isOpen ? [focus] : [])))).toEqual(
    new Set(panels.map(({ id }) => id)),
  );
});

it('has a word for screens that are too small, which wraps', () => {
  const lines = frameOf(sweep, {}, { width: 30, height: 8 }).split('\n');
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('needs 80 columns and 24 lines; this has 30 and 8');
  expect(lines).toHaveLength(7);
});

it('shows a run that has not begun, and one that has failed, in every pane', () => {
  const begun = emptySnapshot(sweep.facts, 0);
  const failed = foldSeen(begun, [{ atMs: 1, state: 'failed' }], 1, () => []);
  for (const snapshot of [begun, failed, emptySnapshot(training.facts, 0)]) {
    for (const { id } of panelsFor(snapshot)) {
      const frame = frameOf(snapshot, { focus: id, isOpen: true }, screens[0]);
      expect(frame).not.toMatch(/NaN|undefined/);
    }
  }
});
