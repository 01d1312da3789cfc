import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** A chunk that was run, and the number of the thread that ran it: for those who watch, nothing depends on it. */
export interface DoneChunk<S> {
  readonly summary: S;
  readonly worker: number;
}

/** Something that runs chunks: this thread, a pool, or other machines. They all run the same pure function. */
export interface Executor<C = Cell, S = ChunkSummary> {
  /** How many chunks are worth having under way at once. */
  readonly concurrency: number;
  run(cell: C, chunk: Chunk): Promise<DoneChunk<S>>;
  close(): Promise<void>;
}

/** Runs chunks on the calling thread, giving way to signals and timers between them. */
export function inProcess(): Executor {
  return onThisThread(runChunk);
}

/** Runs chunks of any kind on the calling thread. */
export function onThisThread<C, S>(run: (cell: C, chunk: Chunk) => S): Executor<C, S> {
  return {
    concurrency: 1,
    run: async (cell, chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { summary: run(cell, chunk), worker: 0 };
    },
    close: async () => {},
  };
}
