import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** Something that runs chunks: this thread, a pool, or other machines. They all run the same pure function. */
export interface Executor<C = Cell, S = ChunkSummary> {
  /** How many chunks are worth having under way at once. */
  readonly concurrency: number;
  run(cell: C, chunk: Chunk): Promise<S>;
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
      return run(cell, chunk);
    },
    close: async () => {},
  };
}
