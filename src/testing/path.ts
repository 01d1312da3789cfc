import type { ObservedStep } from '../coupling/path-record.ts';
import type { Cell } from '../engine/plan.ts';
import { watchPair } from '../engine/replay-pair.ts';
import { decayFactor } from '../process/decay.ts';
import { grow } from '../process/grow.ts';
import type { PairParameters } from '../process/pair-parameters.ts';

/** One step of a path: what it does to the two runs. */
export interface PathStep {
  /** c′ and c″; 0 for a run whose batch does not hold the item, or holds nothing else under the in-batch softmax. */
  readonly lowerGain: number;
  readonly upperGain: number;
  /** κ′ and κ″, what weight decay leaves of s; 1 without decay. */
  readonly lowerDecay: number;
  readonly upperDecay: number;
}

/** A path of a pair, free of the law that it was drawn from: both runs start from s₀. */
export interface Path {
  readonly initialSquaredNorm: number;
  /** Whether weight decay acts also on a run whose batch does not hold the item. */
  readonly isDense: boolean;
  readonly steps: readonly PathStep[];
}

/** The squared norms of the two runs. */
export interface State {
  readonly lower: number;
  readonly upper: number;
}

/** Where a path ends, step by step from the definition of the process. */
export function endOf({ initialSquaredNorm, steps }: Path): State {
  let [lower, upper] = [initialSquaredNorm, initialSquaredNorm];
  for (const { lowerGain, upperGain, lowerDecay, upperDecay } of steps) {
    lower = grow(lower, lowerGain, lowerDecay);
    upper = grow(upper, upperGain, upperDecay);
  }
  return { lower, upper };
}

/**
 * The path of a pair that was drawn, up to a step; steps that change nothing are left out.
 *
 * @returns null where momentum moves the runs, which no list of gains can tell
 */
export function pathOf(cell: Cell, replicate: number, until: number): Path | null {
  const { pair } = cell;
  if (pair.momentum.beta > 0) return null;
  const observed: ObservedStep[] = [];
  const record = watchPair(cell, replicate, (step) => {
    if (step.step <= until) observed.push(step);
  });
  const decay = decayFactor(pair);
  const steps = observed.map((step) => pathStep(step, decay(step.step), pair));
  const isDense = pair.weightDecay.applies === 'dense';
  return { initialSquaredNorm: record.initial.lower, isDense, steps };
}

function pathStep({ lowerGain, upperGain }: ObservedStep, decay: number, { weightDecay }: PairParameters): PathStep {
  const isDense = weightDecay.applies === 'dense';
  const lowerDecay = isDense || lowerGain > 0 ? decay : 1;
  // Where the lower run's batch holds the item the upper run's does too (A8), with a gain that may be 0.
  const upperDecay = isDense || lowerGain > 0 || upperGain > 0 ? decay : 1;
  return { lowerGain, upperGain, lowerDecay, upperDecay };
}
