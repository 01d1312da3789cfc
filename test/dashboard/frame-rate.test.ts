import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openDashboard } from '../../src/dashboard/open-dashboard.tsx';
import { constantSample } from './samples.ts';

const { facts } = await constantSample(1);

/** A dashboard on a terminal that only counts its frames: each begins by going back to the first line, or erasing. */
function countedDashboard(fps: number) {
  const size = { isTTY: true, columns: 120, rows: 40 };
  const stdout = Object.assign(new PassThrough(), size) as unknown as NodeJS.WriteStream;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => {},
    ref: () => {},
    unref: () => {},
  }) as unknown as NodeJS.ReadStream;
  let frames = 0;
  (stdout as unknown as PassThrough).on('data', (piece: Buffer) => {
    if (piece.includes('norm-growth') || piece.includes('Progress')) frames += 1;
  });
  const dashboard = openDashboard({
    facts,
    judge: () => [],
    fps,
    stdin,
    stdout,
    quit: () => {},
    pauseRun: null,
    saveScreen: () => '',
    failed: (error) => {
      throw error;
    },
  });
  return { dashboard, stdin: stdin as unknown as PassThrough, frames: () => frames };
}

/** Tells of something every two milliseconds, for a while; returns the seconds that it took. */
async function tellFor(milliseconds: number, tell: (turn: number) => void): Promise<number> {
  const started = performance.now();
  for (let turn = 0; performance.now() - started < milliseconds; turn++) {
    tell(turn);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return (performance.now() - started) / 1000;
}

describe('the frames of the dashboard', { timeout: 60_000 }, () => {
  it('come no more often than twice a second, however much happens, and not at all when nothing does', async () => {
    const { dashboard, frames } = countedDashboard(20);
    const seconds = await tellFor(1500, (turn) => {
      dashboard.see({ atMs: turn, log: { level: 'info', text: `line ${turn}` } });
    });
    expect(frames()).toBeGreaterThan(1);
    expect(frames()).toBeLessThanOrEqual(2 + 2 * seconds);
    dashboard.see({ atMs: 1, state: 'finished' });
    await tellFor(500, () => {});
    const before = frames();
    await tellFor(1500, () => {});
    expect(frames()).toBe(before);
    dashboard.close();
  });

  it('stay within the frame rate while keys are held down', async () => {
    const { dashboard, stdin, frames } = countedDashboard(10);
    const seconds = await tellFor(1500, (turn) => void stdin.write(turn % 2 === 0 ? '2' : '3'));
    expect(frames()).toBeGreaterThan(4);
    expect(frames()).toBeLessThanOrEqual(2 + 10 * seconds);
    dashboard.close();
  });
});
