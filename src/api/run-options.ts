import type { KernelOption } from '../engine/choose-member.ts';

/** How a run from a script is done. */
export interface RunOptions {
  /** Worker threads; 0 computes on the calling thread. By default one a processor, and none for what is over sooner. */
  readonly workers?: number;
  /** Compiled kernels where there are any, or their plain twins. */
  readonly kernel?: KernelOption;
  /** Ends the run: chunks under way are finished, and kept where there is a run folder. The iteration throws its reason. */
  readonly signal?: AbortSignal;
  /** Called after every chunk. */
  readonly onProgress?: (progress: Progress) => void;
}

/** @throws {RangeError} for a number of workers that is none */
export function expectWorkers(workers: number | undefined): void {
  if (workers === undefined || (Number.isSafeInteger(workers) && workers >= 0 && workers <= 256)) return;
  throw new RangeError(`workers — expected a whole number from 0 to 256, got ${workers}`);
}

/** How far a run is. */
export interface Progress {
  readonly cells: { readonly done: number; readonly of: number };
  /** Pairs or trainings; `of` is the most there can be: a stopping rule may do with fewer. */
  readonly replicates: { readonly done: number; readonly of: number };
}
