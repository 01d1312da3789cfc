import { describe, expect, it } from 'vitest';
import { paceOf } from '../../../src/dashboard/pace.ts';
import { progressPanel } from '../../../src/dashboard/panels/progress-panel.tsx';
import { shareDone, shareDoneOf } from '../../../src/dashboard/share-done.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { formatCount, formatDuration } from '../../../src/report/format-number.ts';
import { sweepSample, trainingSample } from '../samples.ts';
import { anySnapshots, expectWithinAnyRoom, frameMs, linesIn, queuedSnapshot, textOf } from './in-room.tsx';

describe('the progress of a run', () => {
  it('is told in the numbers of the snapshot', async () => {
    const snapshot = await sweepSample();
    const text = textOf(progressPanel, snapshot);
    expect(snapshot.replicatesDone).toBe(1500);
    expect(text).toContain('running after 3 s');
    expect(text).toContain(' 62 %');
    expect(text).toContain('1,500 of 2,400 pairs\n');
    expect(text).toContain('cells: 4 queued, 1 running, 7 done, 0 failed, 0 reused');
    const { stepsPerSecond, secondsLeft } = paceOf(snapshot);
    expect(text).toContain(`${formatCount(stepsPerSecond)} pair-steps per second`);
    expect(text).toContain(`about ${formatDuration(secondsLeft)} left`);
    const [first, second] = snapshot.workers.map(({ steps }) => formatCount(steps / (snapshot.nowMs / 1000)));
    expect(text).toContain(`by worker ${first} · ${second}`);
  });

  it('of trainings is counted in epochs, those of a training under way among them', async () => {
    const snapshot = await trainingSample();
    const text = textOf(progressPanel, snapshot);
    expect(text).toContain('1 of 2 trainings');
    expect(text).toContain('epochs per second');
    expect(shareDone(snapshot)).toBe((20 + 12) / 40);
    expect(text).toContain(' 80 %');
  });

  it('is 100 % only when all is done', async () => {
    const done = await sweepSample({ isDone: true });
    expect(textOf(progressPanel, done)).toContain('100 %');
    const cells = done.cells.map((cell, index) =>
      index === 0 ? { ...cell, status: 'running' as const, replicatesDone: 199 } : cell,
    );
    expect(linesIn(progressPanel, { ...done, cells }, { width: 80, height: 3 })[1]).toContain(' 99 %');
  });

  it('of a cell that needed fewer replicates than it could have had is whole', async () => {
    const done = await sweepSample({ isDone: true });
    const cells = done.cells.map((cell) => ({ ...cell, replicatesDone: 100 }));
    expect(shareDoneOf({ ...done, cells }, 0)).toBe(1);
    expect(shareDone({ ...done, cells })).toBe(1);
  });

  it('calls a cell reused if all of its replicates were, not if only some were', async () => {
    const done = await sweepSample({ isDone: true });
    const cells = done.cells.map((cell, index) => ({ ...cell, replicatesReused: [200, 199][index] ?? 0 }));
    const text = textOf(progressPanel, { ...done, replicatesReused: 399, cells });
    expect(text).toContain('12 done, 0 failed, 1 reused');
    expect(text).toContain('2,400 of 2,400 pairs, 399 of them reused');
    expect(text).toMatch(/reused +cell 0:/);
    expect(text).toMatch(/done +cell 1:/);
  });

  it('lists the cells at work first, with the time that each still takes', async () => {
    const snapshot = await sweepSample();
    const running = snapshot.cells.findIndex(({ status }) => status === 'running');
    const lines = linesIn(progressPanel, snapshot, { width: 100, height: 30 });
    expect(lines[5]).toMatch(new RegExp(`^█+░+  50 %  \\d+ s +cell ${running}: popularity.upper = 0.03`));
  });

  it('lists only the cells that the filter lets through', async () => {
    const snapshot = await sweepSample();
    const text = textOf(progressPanel, snapshot, { ...initialUi, filter: 'upper = 0.05' });
    expect(text.match(/cell \d+:/g)).toEqual(['cell 8:', 'cell 9:', 'cell 10:', 'cell 11:']);
  });

  it('scrolls to the last cell and no further', async () => {
    const snapshot = await sweepSample();
    const room = { width: 80, height: 9 };
    const more = progressPanel.overflow!({ snapshot, ui: initialUi, room });
    expect(more).toBe(12 - 4);
    const at = (progress: number) => linesIn(progressPanel, snapshot, room, { ...initialUi, scroll: { progress } });
    expect(at(more).at(-1)).toContain('cell 6:');
    expect(at(more + 5)).toEqual(at(more));
    expect(at(more - 1)).not.toEqual(at(more));
  });

  it('stays within its room', async () => {
    expectWithinAnyRoom(progressPanel, await anySnapshots());
  });

  it('of 10,000 cells is drawn in less than 50 ms', async () => {
    const { facts } = await sweepSample();
    expect(frameMs(progressPanel, queuedSnapshot(facts, 10_000))).toBeLessThan(50);
  });
});
