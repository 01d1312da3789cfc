import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { completeRun } from '../../../../src/cli/complete-run.ts';
import { openPlainWatch } from '../../../../src/cli/plain-watch.ts';
import { coupledFacts } from '../../../../src/dashboard/facts-of-run.ts';
import { planCells } from '../../../../src/engine/plan.ts';
import { workerPool } from '../../../../src/engine/pool.ts';
import { coupledPairs } from '../../../../src/engine/run-plan.ts';
import { openRunFolder } from '../../../../src/results/open-run-folder.ts';
import { pairOf } from '../../../coupling/pairs.ts';
import { sampleRequest } from '../../../results/fixtures/sample-run.ts';
import type { Sample } from './flatness.ts';

// Run as a process of its own: runs so many chunks of one pair each as the command runs them, with a pool, a journal and
// a line of progress, and prints what the process holds now and then, a line of JSON each.

const [results, chunks] = [process.argv[2], Number(process.argv[3])];
const samples = 40;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function sample(done: number): void {
  collectGarbage();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const handles = readdirSync('/proc/self/fd').length;
  const threads = readdirSync('/proc/self/task').length;
  const taken: Sample = { done, rss, heapUsed, arrayBuffers, handles, threads };
  process.stdout.write(`${JSON.stringify(taken)}\n`);
}

const [cell] = planCells([
  { pair: pairOf({ steps: 3 }), coupling: 'steps', generator: 'sfc32', seed: 1, replicates: chunks, recordedSteps: [] },
]).cells;
const cells = [{ ...cell, chunkSize: 1 }];
const folder = await openRunFolder(sampleRequest(results, { plan: { chunks } }));
const watch = openPlainWatch(coupledFacts('soak', folder.path, cells, [{ swept: {}, expects: [] }]));
let done = 0;
await completeRun(cells, coupledPairs, {
  folder,
  executor: workerPool(2),
  failFast: false,
  kept: async () => {},
  watch: {
    ...watch,
    see(event) {
      watch.see(event);
      if (event.type === 'chunk' && ++done % Math.floor(chunks / samples) === 0) sample(done);
    },
  },
});
watch.close();
await folder.close();
