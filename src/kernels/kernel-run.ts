import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { PairParameters } from '../process/pair-parameters.ts';

/** What a kernel is asked for: the pairs of one chunk. */
export interface KernelRequest {
  readonly pair: PairParameters;
  readonly recordedSteps: readonly number[];
  /** Seeds the chunk's generators: a stream key. */
  readonly key: string;
  /** The number of the chunk's first replicate. */
  readonly first: number;
  readonly replicates: number;
  /** The initial squared norm of every pair, or of each. */
  readonly starts: number | Float64Array;
  /** The pair, counted within the chunk, whose steps are wanted. */
  readonly traced?: number;
}

/** What a kernel returns. */
export interface KernelRun {
  readonly summary: ChunkSummary;
  /** step, c′, c″, s′, s″ of each appearance of the traced pair in turn; empty if none was asked for. */
  readonly trace: Float64Array;
  /** s′, s″ of each pair in turn, a view of the kernel's memory until its next run; null if it does not make them. */
  readonly finals: Float64Array | null;
}

/** Numbers a traced step. */
export const traceWidth = 5;
