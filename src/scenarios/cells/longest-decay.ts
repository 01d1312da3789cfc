import type { PairParameters } from '../../process/pair-parameters.ts';
import { presenceProbability } from '../../process/presence.ts';
import { greatestRateFactor, initialRange } from './gain-range.ts';
import { leastGain } from './least-gain.ts';

/** A stretch without the item is as good as never longer than this many mean stretches: e^−50. */
const longestStretch = 50;

/** How low weight decay takes s. */
export interface LongestDecay {
  /** log of a bound on s from below, over the whole training. */
  readonly logLeast: number;
  /** The decaying steps, without a gain between them, that lead there. */
  readonly steps: number;
}

/**
 * How low s falls in a run, but for draws that a double cannot hold; s₀ where there is no decay.
 *
 * An appearance leaves s ≥ 2√(κc), whatever it was (A4): so s is never below min(s₀, √c) shrunk over the longest stretch
 * without the item, nor below s₀ shrunk over the whole training.
 *
 * @param pair whose greatest shrinkage is below 1
 * @param popularity of the run
 */
export function longestDecay(pair: PairParameters, popularity: number): LongestDecay {
  const logStart = Math.log(initialRange(pair).least);
  if (pair.weightDecay.rate === 0) return { logLeast: logStart, steps: 0 };
  const logKept = 2 * Math.log1p(-greatestShrinkage(pair));
  const presence = presenceProbability(popularity, pair.batchSize);
  const isDense = pair.weightDecay.applies === 'dense';
  const whole = { logLeast: logStart + pair.steps * logKept, steps: pair.steps };
  const stretch = isDense ? 1 + longestStretch / presence : 1;
  const logFloor = Math.min(logStart, Math.log(leastGain(pair)) / 2);
  const between = { logLeast: logFloor + stretch * logKept, steps: stretch };
  // Without a gain the second is −∞: nothing makes up for what the appearances themselves decay.
  return between.logLeast > whole.logLeast ? between : whole;
}

/** The greatest η_tλ of the training. */
export function greatestShrinkage({ learningRate, weightDecay, gain, steps }: PairParameters): number {
  // A schedule may grow beyond all numbers, and 0 times that has no value.
  if (weightDecay.rate === 0 || learningRate === 0) return 0;
  const factor = gain.model === 'schedule' ? greatestRateFactor(gain.schedule, steps) : 1;
  return learningRate * factor * weightDecay.rate;
}
