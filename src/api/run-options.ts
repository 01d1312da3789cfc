import type { KernelOption } from '../engine/choose-member.ts';
import { expectOptions, numberRule, type OptionRules, typeRule, wordRule } from './expect-options.ts';

/** How a run from a script is done. */
export interface RunOptions {
  /** Worker threads; 0 computes on the calling thread. By default one a processor, and none for what is over sooner. */
  readonly workers?: number;
  /**
   * Milliseconds after which a chunk on a worker thread is ended and counts as lost; Infinity waits for ever. By default an
   * hour for pairs, and no limit for trainings.
   */
  readonly chunkTimeoutMs?: number;
  /** Compiled kernels where there are any, or their plain twins. */
  readonly kernel?: KernelOption;
  /** Ends the run: chunks under way are finished, and kept where there is a run folder. The iteration throws its reason. */
  readonly signal?: AbortSignal;
  /** Called after every chunk. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a run is. */
export interface Progress {
  readonly cells: { readonly done: number; readonly of: number };
  /** Pairs or trainings; `of` is the most there can be: a stopping rule may do with fewer. */
  readonly replicates: { readonly done: number; readonly of: number };
}

const mostWorkers = 256;

const runRules: OptionRules = {
  workers: {
    ...numberRule(
      `a whole number from 0 to ${mostWorkers}`,
      (value) => Number.isSafeInteger(value) && value >= 0 && value <= mostWorkers,
    ),
    remedy: 'without it there is one a processor',
  },
  chunkTimeoutMs: {
    ...numberRule('milliseconds, above 0 and at most 2147483647, or Infinity', isTimeout),
    remedy: 'without it there is a limit of an hour for pairs',
  },
  kernel: wordRule(['auto', 'plain'] satisfies KernelOption[]),
  signal: typeRule('an AbortSignal', isAbortSignal, 'a controller has one: controller.signal'),
  onProgress: typeRule('a function', (value) => typeof value === 'function'),
};

const folderRules: OptionRules = {
  ...runRules,
  out: {
    expected: 'the path of a folder',
    isOfType: (value) => typeof value === 'string',
    holds: (value: string) => value !== '',
    remedy: 'without it nothing is kept',
  },
};

/**
 * @param keeps whether the run may be kept in a folder
 * @throws {TypeError} for unknown options and values of another type
 * @throws {RangeError} for values out of range
 */
export function expectRunOptions(door: string, options: unknown, keeps: 'may be kept' | 'is not kept'): void {
  expectOptions(door, options, keeps === 'may be kept' ? folderRules : runRules);
}

function isTimeout(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || (value > 0 && value <= 2 ** 31 - 1);
}

/** One of another realm is one, too. */
function isAbortSignal(value: unknown): boolean {
  const { aborted, throwIfAborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && [throwIfAborted, addEventListener].every((of) => typeof of === 'function');
}
