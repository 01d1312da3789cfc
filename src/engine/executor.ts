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

/** Why a chunk could not be run here, although it was tried: that says nothing of its numbers, and another run may do it. */
export interface SetAside {
  readonly setAside: string;
}

/** What runs a chunk says: what became of it, or why the whole run is to stop. */
export type WorkerAnswer<S> = ChunkAnswer<S> | { readonly stop: string };

/** Runs a chunk; that a replicate could not be simulated is an answer, too. Other errors pass. */
export function answerOf<S>(worker: number, run: () => S): ChunkAnswer<S> {
  try {
    return { summary: run(), worker };
  } catch (error) {
    if (error instanceof SimulationError) return { failure: error.message, replicate: error.replicate, worker };
    throw error;
  }
}

/** @throws {SimulationError} where the whole run is to stop */
export function unlessStopped<S>(answer: WorkerAnswer<S>, chunk: Chunk): ChunkAnswer<S> {
  if ('stop' in answer) throw new SimulationError(answer.stop, chunk.first);
  return answer;
}

/** What is said of a chunk that ended with an error which is none of its replicates'. */
export function thrownText(error: unknown): string {
  return `it threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
}

/** Something that runs chunks: this thread, a pool, or other machines. They all run the same pure function. */
export interface Executor<C = Cell, S = ChunkSummary> {
  /** How many chunks are worth having under way at once. */
  readonly concurrency: number;
  /**
   * Rejects when the whole run is to stop.
   *
   * @param signal when it is aborted, a chunk that has not begun may be left out
   * @returns null for a chunk that is left out: another run may do it
   */
  run(cell: C, chunk: Chunk, signal?: AbortSignal): Promise<ChunkAnswer<S> | SetAside | null>;
  close(): Promise<void>;
}

/** Runs chunks on the calling thread, giving way to signals and timers between them. */
export function inProcess(): Executor {
  return onThisThread((cell, chunk) => answerOf(0, () => runChunk(cell, chunk)));
}

/** Runs chunks of any kind on the calling thread, which none of them can outlast: it ends when they do. */
export function onThisThread<C, S>(work: (cell: C, chunk: Chunk) => WorkerAnswer<S>): Executor<C, S> {
  return {
    concurrency: 1,
    run: async (cell, chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      let answer: WorkerAnswer<S>;
      try {
        answer = work(cell, chunk);
      } catch (error) {
        return { setAside: thrownText(error) };
      }
      return unlessStopped(answer, chunk);
    },
    close: async () => {},
  };
}
