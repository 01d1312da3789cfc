import { threadId } from 'node:worker_threads';
import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { DoneChunk } from './executor.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';
import { SimulationError } from './simulation-error.ts';

/** A chunk's summary, or why it could not be simulated: an error's class does not survive the way between threads. */
export type WorkerAnswer<S = ChunkSummary> = DoneChunk<S> | { readonly failure: string };

/** What a pool worker does with a message: data in, data out. */
export function work({ cell, chunk }: { cell: Cell; chunk: Chunk }): WorkerAnswer {
  try {
    return { summary: runChunk(cell, chunk), worker: threadId };
  } catch (error) {
    if (error instanceof SimulationError) return { failure: error.message };
    throw error;
  }
}
