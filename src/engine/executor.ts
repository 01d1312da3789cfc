import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';

/** Something that runs chunks: this thread, a pool, or other machines. They all run the same pure function. */
export interface Executor {
  /** How many chunks are worth having under way at once. */
  readonly concurrency: number;
  run(cell: Cell, chunk: Chunk): Promise<ChunkSummary>;
  close(): Promise<void>;
}

/** Runs chunks on the calling thread, giving way to signals and timers between them. */
export function inProcess(): Executor {
  return {
    concurrency: 1,
    run: async (cell, chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      return runChunk(cell, chunk);
    },
    close: async () => {},
  };
}
