import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import { appearanceCounts } from '../../src/theorems/claims/a10-appearance-law.ts';
import { alphaOf } from '../../src/theorems/verify.ts';
import { share } from '../error-budget.ts';

const runs = 1000;
const budget = 0.05;
/** The runs are minutes of one processor. */
const threads = 2;

async function alarmsOf(thread: number, alpha: number): Promise<number> {
  const seeds = Array.from({ length: runs }, (_, run) => run + 1).filter((seed) => seed % threads === thread);
  const worker = new Worker(new URL('fixtures/count-alarms.ts', import.meta.url), { workerData: { seeds, alpha } });
  const [alarms] = await once(worker, 'message');
  return alarms;
}

it('raises false alarms in at most the share of the runs that its budget says', { timeout: 600_000 }, async () => {
  const alpha = alphaOf(budget, appearanceCounts.tests);
  const counted = await Promise.all(Array.from({ length: threads }, (_, thread) => alarmsOf(thread, alpha)));
  const alarms = counted.reduce((sum, count) => sum + count, 0);
  expect(atMostPValue(alarms, runs, budget)).toBeGreaterThan(share);
  // Six of its eight tests spend their level in full: of about 40 alarms, fewer than 5 come with probability 1e-13.
  expect(alarms).toBeGreaterThanOrEqual(5);
});
