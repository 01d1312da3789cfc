import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { Cell, Chunk } from './plan.ts';
import { runChunk } from './run-chunk.ts';
import { SimulationError } from './simulation-error.ts';

/** Why a chunk has no summary, and the replicate that is to blame: it would fail again on any machine. */
export interface ChunkFailure {
  readonly failure: string;
  readonly replicate: number;
}

/** What became of a chunk: its summary, or why it has none. */
export type ChunkOutcome<S> = { readonly summary: S } | ChunkFailure;

/** An outcome, and the number of the thread it came from: for those who watch, nothing depends on it. */
export type ChunkAnswer<S> = ChunkOutcome<S> & { readonly worker: number };

/** Runs a chunk; that a replicate could not be simulated is an answer, too. Other errors pass. */
export function answerOf<S>(worker: number, run: () => S): ChunkAnswer<S> {
  try {
    return { summary: run(), worker };
  } catch (error) {
    if (error instanceof SimulationError) return { failure: error.message, replicate: error.replicate, worker };
    throw error;
  }
}

/** Something that runs chunks: this thread, a pool, or other machines. They all run the same pure function. */
export interface Executor<C = Cell, S = ChunkSummary> {
  /** How many chunks are worth having under way at once. */
  readonly concurrency: number;
  /**
   * Rejects when the chunk could not be run here, which says nothing of the chunk.
   *
   * @param signal when it is aborted, a chunk that has not begun may be left out
   * @returns null for a chunk that is left out: another run may do it
   */
  run(cell: C, chunk: Chunk, signal?: AbortSignal): Promise<ChunkAnswer<S> | null>;
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
      return answerOf(0, () => run(cell, chunk));
    },
    close: async () => {},
  };
}
