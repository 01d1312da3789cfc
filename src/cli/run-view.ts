import { emptySnapshot, nextSnapshot, pace, type Snapshot } from '../dashboard/snapshot.ts';
import type { Plan } from '../engine/plan.ts';
import type { EngineEvent } from '../engine/run-plan.ts';
import { formatDuration, formatSignificant } from '../report/format-number.ts';

/** What shows a run while it goes on. */
export interface RunView {
  see(event: EngineEvent): void;
  close(): void;
}

const framesPerSecond = 10;

/** The view that fits the terminal: live panels, a plain progress line, or nothing. */
export async function openRunView(title: string, plan: Plan, kind: 'live' | 'plain' | 'silent'): Promise<RunView> {
  const screen = await screenOf(title, kind);
  const started = performance.now();
  let snapshot = emptySnapshot(plan);
  // Nothing is drawn of a run that is over before a frame would be.
  let drawn = started;
  const draw = (now: number) => {
    drawn = now;
    screen.show(snapshot, (now - started) / 1000);
  };
  return {
    see(event) {
      snapshot = nextSnapshot(snapshot, plan, event);
      const now = performance.now();
      if (now - drawn >= 1000 / framesPerSecond) draw(now);
    },
    close() {
      if (drawn > started) draw(performance.now());
      screen.close();
    },
  };
}

interface Screen {
  show(snapshot: Snapshot, elapsedSeconds: number): void;
  close(): void;
}

async function screenOf(title: string, kind: 'live' | 'plain' | 'silent'): Promise<Screen> {
  if (kind === 'silent') return { show: () => {}, close: () => {} };
  if (kind === 'plain') return plainScreen();
  // React reads this when it is loaded, and its development build is slow.
  process.env.NODE_ENV ??= 'production';
  // The colours of Ink's Text know FORCE_COLOR only.
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
  const { openDashboard } = await import('../dashboard/open-dashboard.tsx');
  return openDashboard(title, process.stderr);
}

async function plainScreen(): Promise<Screen> {
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    format: '{percentage} % of {total} pairs, cell {cell} of {cells}, {rate} pair-steps/s, {left} left',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: null,
  });
  let isStarted = false;
  return {
    show(snapshot, elapsedSeconds) {
      const { perSecond, secondsLeft } = pace(snapshot, elapsedSeconds);
      const payload = {
        cell: Math.min(snapshot.cells, snapshot.cellsDone + 1),
        cells: snapshot.cells,
        rate: formatSignificant(perSecond, 3),
        left: formatDuration(secondsLeft),
      };
      if (!isStarted) bar.start(snapshot.replicates, snapshot.replicatesDone, payload);
      isStarted = true;
      bar.update(snapshot.replicatesDone, payload);
    },
    close() {
      if (isStarted) bar.stop();
    },
  };
}
