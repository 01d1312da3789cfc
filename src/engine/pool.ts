import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { entryModule } from '../package-files.ts';
import type { ChunkAnswer, Executor } from './executor.ts';
import { SimulationError } from './simulation-error.ts';

/** What a worker sends back: what became of a chunk, or why the whole run is to stop. */
export type WorkerAnswer<S> = ChunkAnswer<S> | { readonly stop: string };

/** As many workers as the machine has processors for. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** Runs chunks of coupled pairs on worker threads. */
export function workerPool(workers: number): Executor {
  return poolOf(workers, entryModule('engine/worker'));
}

/**
 * Runs chunks of any kind on worker threads.
 *
 * @param file a module that exports `work`, which takes `{ cell, chunk }` and returns a `WorkerAnswer`
 * @param workerData what every worker gets once, besides its cells
 */
export function poolOf<C, S>(workers: number, file: URL, workerData?: unknown): Executor<C, S> {
  const pool = new Piscina({
    filename: fileURLToPath(file),
    minThreads: workers,
    maxThreads: workers,
    workerData,
    // A worker that died is replaced when there is work for it, not respawned in a loop.
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  return {
    // One chunk waits, so that no worker idles while a result is merged; more would only delay an interruption.
    concurrency: workers + 1,
    run: async (cell, chunk) => {
      const answer: WorkerAnswer<S> = await pool.run({ cell, chunk }, { name: 'work' });
      if ('stop' in answer) throw new SimulationError(answer.stop, chunk.first);
      return answer;
    },
    close: () => pool.destroy(),
  };
}
