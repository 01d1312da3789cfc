import { describe, expect, it } from 'vitest';
import { logPanel } from '../../../src/dashboard/panels/log-panel.tsx';
import type { LogLine, Snapshot } from '../../../src/dashboard/snapshot.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { constantSample, sweepSample } from '../samples.ts';
import { anySnapshots, expectWithinAnyRoom, frameMs, linesIn } from './in-room.tsx';

const room = { width: 60, height: 5 };

/** A line a second, called by their numbers. */
async function snapshotOfLines(count: number): Promise<Snapshot> {
  const log = Array.from(
    { length: count },
    (_, line): LogLine => ({ atMs: 1000 * line, level: 'info', text: `no. ${line}` }),
  );
  return { ...(await constantSample(1)), log };
}

describe('the log', () => {
  it('tells when each thing was told, and marks how bad it is without colour', async () => {
    const snapshot = await sweepSample();
    const log = [...snapshot.log, { atMs: 3_725_000, level: 'error' as const, text: 'worker 2 is lost' }];
    expect(linesIn(logPanel, { ...snapshot, log }, { width: 90, height: 5 }).map((line) => line.trim())).toEqual([
      '0:00 i results/eta-p--0123456789ab: resumed, 200 pairs are reused',
      '0:00 ! baskets.csv: 3 bad rows were skipped',
      '1:02:05 ✗ worker 2 is lost',
    ]);
  });

  it('counts time from the start of the run', async () => {
    const snapshot = await snapshotOfLines(100);
    const [line] = linesIn(logPanel, { ...snapshot, startedMs: 34_000 }, { width: 60, height: 1 });
    expect(line).toBe(' 1:05 i no. 99');
  });

  it('shows the newest lines, the last one at the bottom, unless it is scrolled back', async () => {
    const snapshot = await snapshotOfLines(20);
    const numbers = (log: number) =>
      linesIn(logPanel, snapshot, room, { ...initialUi, scroll: { log } }).map((line) => Number(line.split('no. ')[1]));
    expect(numbers(0)).toEqual([15, 16, 17, 18, 19]);
    expect(numbers(3)).toEqual([12, 13, 14, 15, 16]);
    expect(logPanel.overflow!({ snapshot, ui: initialUi, room })).toBe(15);
    expect(numbers(15)).toEqual([0, 1, 2, 3, 4]);
    expect(numbers(99)).toEqual([0, 1, 2, 3, 4]);
  });

  it('shows every word of a line that is longer than the room is wide', async () => {
    const words = Array.from({ length: 30 }, (_, word) => `word${word}`);
    const log = [{ atMs: 0, level: 'warning' as const, text: words.join(' ') }];
    const lines = linesIn(logPanel, { ...(await constantSample(1)), log }, { width: 40, height: 20 });
    expect(lines.length).toBeGreaterThan(1);
    const text = lines.join(' ').split(/\s+/);
    for (const word of words) expect(text).toContain(word);
  });

  it('wraps anew when the width changes', async () => {
    const snapshot = {
      ...(await constantSample(1)),
      log: [{ atMs: 0, level: 'info' as const, text: 'a '.repeat(30) }],
    };
    const count = (width: number) => linesIn(logPanel, snapshot, { width, height: 20 }).length;
    const [narrow, wide] = [count(28), count(120)];
    expect(narrow).toBeGreaterThan(wide);
    expect(count(28)).toBe(narrow);
  });

  it('stays within its room', async () => {
    expectWithinAnyRoom(logPanel, await anySnapshots());
  });

  it('of a thousand lines is drawn in less than 50 ms', async () => {
    expect(frameMs(logPanel, await snapshotOfLines(1000))).toBeLessThan(50);
  });
});
