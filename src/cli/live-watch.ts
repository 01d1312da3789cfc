import type { RunFacts } from '../dashboard/run-facts.ts';
import { Pause } from '../engine/pause.ts';
import { saveScreen } from '../results/save-screen.ts';
import { listenToEpochs } from '../trainer/epoch-channel.ts';
import type { RunWatch, Watched } from './run-watch.ts';

/** The dashboard on the terminal, for as long as the run goes on, or until the person at the keyboard has seen enough. */
export async function openLiveWatch(
  { facts, loadJudge, notices, control }: Watched & { readonly facts: RunFacts },
  fps: number,
): Promise<RunWatch> {
  // React reads this when it is loaded, and its development build is slow.
  process.env.NODE_ENV ??= 'production';
  // The colours of Ink's Text know FORCE_COLOR only.
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
  const { openDashboard } = await import('../dashboard/open-dashboard.tsx');
  const judge = await loadJudge();
  const now = () => performance.now();
  const pause = control.canPause ? new Pause() : null;
  const leaving = Promise.withResolvers<void>();
  let isOver = false;
  let hasFailed = false;
  const dashboard = openDashboard({
    facts,
    judge,
    fps,
    stdin: process.stdin,
    stdout: process.stdout,
    quit: () => (isOver ? leaving.resolve() : control.interrupt()),
    pauseRun: pause === null ? null : (isPaused) => hold(pause, isPaused),
    saveScreen: (screen) => saveScreen(facts.title, screen),
    failed(error) {
      hasFailed = true;
      leaving.resolve();
      process.stderr.write(`norm-growth: the dashboard failed and was closed; the run goes on:\n${error.stack}\n`);
    },
  });
  const hold = (held: Pause, isPaused: boolean) => {
    if (isPaused) held.pause();
    else held.resume();
    dashboard.see({ atMs: now(), state: isPaused ? 'paused' : 'running' });
  };
  for (const text of notices) dashboard.see({ atMs: now(), log: { level: 'info', text } });
  const stopListening = listenToEpochs((epoch) => dashboard.see({ atMs: now(), epoch }));
  return {
    see: (event) => dashboard.see({ atMs: now(), event }),
    say(text, level = 'info') {
      if (hasFailed) process.stderr.write(`${text}\n`);
      else dashboard.see({ atMs: now(), log: { level, text } });
    },
    turn(state, because) {
      isOver = state === 'finished' || state === 'interrupted' || state === 'failed';
      dashboard.see({ atMs: now(), state });
      if (because !== undefined) dashboard.see({ atMs: now(), log: { level: 'error', text: because } });
    },
    pause,
    // Nobody has looked: the summary is what is wanted.
    left: async () => ((control.stays || dashboard.isTouched()) && !hasFailed ? leaving.promise : undefined),
    close() {
      stopListening();
      pause?.resume();
      dashboard.close();
    },
  };
}
