import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { entryModule } from '../package-files.ts';
import { type ChunkTask, sharedMark } from './chunk-task.ts';
import { type Executor, type SetAside, thrownText, unlessStopped, type WorkerAnswer } from './executor.ts';
import { Watchdog } from './watchdog.ts';

/** How patient a pool is with a chunk. */
export interface Patience {
  /** Milliseconds after which a chunk is ended, and its thread with it: at most 2³¹ − 1, or Infinity, which waits for ever. */
  readonly chunkTimeoutMs: number;
  /** How often a chunk is tried whose thread has ended under it, or that has thrown. */
  readonly attempts: number;
}

/** A chunk of pairs is cut to take a fraction of a second; one of a single pair takes what the pair takes. */
export const pairPatience: Patience = { chunkTimeoutMs: 3_600_000, attempts: 3 };

/** A chunk of trainings may be a training of any length. */
export const trainingPatience: Patience = { ...pairPatience, chunkTimeoutMs: Number.POSITIVE_INFINITY };

/** As many workers as the machine has processors for. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** Runs chunks of coupled pairs on worker threads. */
export function workerPool(workers: number, patience: Partial<Patience> = {}): Executor {
  return poolOf({ workers, file: entryModule('engine/worker'), patience: { ...pairPatience, ...patience } });
}

/** What runs chunks of some kind, and how. */
export interface PoolSettings {
  readonly workers: number;
  /** A module that exports `work`, which takes a `ChunkTask` and returns a `WorkerAnswer`. */
  readonly file: URL;
  readonly patience: Patience;
  /** What every worker gets once, besides its cells. */
  readonly workerData?: unknown;
  /** The heap of a worker, in megabytes, past which it ends: by default such that all of them together leave the machine room. */
  readonly heapMb?: number;
}

/**
 * Runs chunks of any kind on worker threads. A thread that ends under a chunk, by an exit, for lack of memory or because the
 * chunk took too long, is replaced; the chunk is tried again, and set aside after some attempts, at once where it took too
 * long: the others go on.
 */
export function poolOf<C, S>(settings: PoolSettings): Executor<C, S> {
  const { workers, file, patience, workerData, heapMb = heapShareMb(workers) } = settings;
  const pool = new Piscina({
    filename: fileURLToPath(file),
    minThreads: workers,
    maxThreads: workers,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    // A worker that died is replaced when there is work for it, not respawned in a loop.
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  // A thread that ended while it had no chunk has taken nothing with it.
  pool.on('error', () => {});
  const watchdog = new Watchdog(patience.chunkTimeoutMs);
  const work: Work<C, S> = async (task) => {
    const { signal, end } = watchdog.watch(task);
    try {
      return await pool.run(task, { name: 'work', signal });
    } finally {
      end();
    }
  };
  const marks = Array.from({ length: workers }, sharedMark);
  const whenFree = pLimit(workers);
  return {
    // One chunk waits, so that no worker idles while a result is merged; more would only delay an interruption.
    concurrency: workers + 1,
    run: (cell, chunk) =>
      whenFree(async () => {
        const begun = marks.pop()!;
        try {
          const answer = await tried({ cell, chunk, begun }, work, patience);
          return 'setAside' in answer ? answer : unlessStopped(answer, chunk);
        } finally {
          marks.push(begun);
        }
      }),
    close: async () => {
      watchdog.close();
      await pool.destroy();
    },
  };
}

/** What a chunk leaves behind is garbage at once: more room for it, which V8 would take, is not faster. */
const youngMb = 16;

/** Half of the machine's memory, shared out, so that a worker runs out of its own before the system ends the whole process. */
function heapShareMb(workers: number): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const { heap_size_limit: mostOfOne } = getHeapStatistics();
  return Math.floor(Math.min(mostOfOne, memory / 2 / workers) / 2 ** 20);
}

/** Lets a worker do a task; rejects with an AbortError when it took too long. */
type Work<C, S> = (task: ChunkTask<C>) => Promise<WorkerAnswer<S>>;

/** What comes of a chunk within a pool's patience. */
async function tried<C, S>(
  task: ChunkTask<C>,
  work: Work<C, S>,
  { chunkTimeoutMs, attempts }: Patience,
): Promise<WorkerAnswer<S> | SetAside> {
  for (let attempt = 1; ; attempt++) {
    Atomics.store(task.begun, 0, 0);
    try {
      return await work(task);
    } catch (error) {
      if ((error as Error).name === 'AbortError')
        return { setAside: `it took longer than the chunk timeout of ${chunkTimeoutMs / 1000} s` };
      if (attempt === attempts) return { setAside: endText(error) + (attempts > 1 ? `, ${attempts} times` : '') };
    }
  }
}

function endText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'its worker ran out of memory';
  const [, exitCode] = /^worker exited with code: (-?\d+)$/.exec(message) ?? [];
  return exitCode === undefined ? thrownText(error) : `its worker ended with exit code ${exitCode}`;
}
