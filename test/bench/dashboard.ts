import { PassThrough } from 'node:stream';
import { openPlainWatch } from '../../src/cli/plain-watch.ts';
import { coupledFacts } from '../../src/dashboard/facts-of-run.ts';
import { workerPool } from '../../src/engine/pool.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import type { Contests, Side } from './contest.ts';
import { planned } from './our-side.ts';
import { pairParameters, pointA } from './points.ts';

/** Some seconds of two workers, so that there are frames to pay for. */
const [pairs, fewPairs] = [2 ** 21, 2 ** 16];
const workers = 2;

/** What the dashboard costs a run, against a line of progress: CPU time of all threads. */
export const dashboard: Contests = ({ isQuick }) => [
  {
    kernel: 'dashboard',
    point: pointA.name,
    contender: 'no-tui',
    unit: 'ns/pair',
    ours: watchedRun(openDashboardOnNothing),
    theirs: watchedRun(openProgressLine),
    pairs: isQuick ? fewPairs : pairs,
  },
];

type Facts = ReturnType<typeof coupledFacts>;
type Watch = Pick<import('../../src/cli/run-watch.ts').RunWatch, 'see' | 'close'>;

/** A run of a cell with a trajectory on the pool, watched. */
function watchedRun(open: (facts: Facts) => Promise<Watch>): Side {
  return async (count, seed) => {
    const cell = planned({ pair: pairParameters(pointA, 'shared'), kernel: 'auto', recordedPoints: 50 }, count, seed);
    const executor = workerPool(workers);
    const watch = await open(coupledFacts('bench', null, [cell], [{ swept: {}, expects: [] }]));
    try {
      const start = process.cpuUsage();
      for await (const event of runPlan({ cells: [cell] }, { executor })) watch.see(event);
      const { user, system } = process.cpuUsage(start);
      return { cost: ((user + system) * 1e3) / count };
    } finally {
      watch.close();
      await executor.close();
    }
  };
}

/** The dashboard on a terminal of 120 × 40 that nobody looks at. */
async function openDashboardOnNothing(facts: Facts): Promise<Watch> {
  process.env.NODE_ENV ??= 'production';
  // Node runs no .tsx: the dashboard is the build's.
  const { openDashboard } = await import(new URL('../../dist/chunks/open-dashboard.js', import.meta.url).href);
  const screen = new PassThrough();
  screen.resume();
  const stdin = { isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} };
  const opened = openDashboard({
    facts,
    judge: () => [],
    fps: 10,
    stdin: Object.assign(new PassThrough(), stdin),
    stdout: Object.assign(screen, { isTTY: true, columns: 120, rows: 40 }),
    quit: () => {},
    pauseRun: null,
    saveScreen: () => '',
    failed: (error: Error) => {
      throw error;
    },
  });
  return { see: (event) => opened.see({ atMs: performance.now(), event }), close: opened.close };
}

async function openProgressLine(facts: Facts): Promise<Watch> {
  return openPlainWatch(facts);
}
