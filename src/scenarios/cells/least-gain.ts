import { baseGain } from '../../process/gains/base-gain.ts';
import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import { inBatchSoftmaxScale } from '../../process/gains/in-batch-softmax.ts';
import type { PairParameters } from '../../process/pair-parameters.ts';
import { type LearningRateSchedule, scheduleFactor } from '../../process/schedules/index.ts';
import { greatestNormal, leastUniform } from './gain-range.ts';

/** A bound on c from below, 0 where an appearance may add nothing: see `greatestGain` for the one from above. */
export function leastGain(pair: PairParameters): number {
  const { gain, learningRate, batchSize, popularity } = pair;
  if (gain.model !== 'in-batch-softmax') return baseGain(pair) * leastFactor(gain, pair);
  // K(1 − K/B) is 0 where the item fills the batch, else least for one copy.
  if (popularity.upper ** batchSize >= leastUniform) return 0;
  return inBatchSoftmaxScale(learningRate, batchSize, gain) * (1 - 1 / batchSize);
}

function leastFactor(gain: Exclude<GainSpecification, { model: 'in-batch-softmax' }>, pair: PairParameters): number {
  switch (gain.model) {
    case 'constant':
      return 1;
    case 'schedule':
      return leastRateFactor(gain.schedule, pair.steps) ** 2;
    case 'lognormal':
      return Math.exp(-gain.sigma * greatestNormal - gain.sigma ** 2 / 2);
    case 'pareto':
      return 1 - 1 / gain.tailIndex;
    case 'multiplicity':
      return Math.min(1, pair.batchSize ** gain.exponent);
    case 'trace':
      return Math.min(leastOf(gain.values), leastOf(gain.upperValues ?? gain.values));
  }
}

/** Steps of a smaller factor than 1/T are left out: η decays with it, and all T of them together shrink s by e^−2 at most. */
function leastRateFactor(schedule: LearningRateSchedule, steps: number): number {
  const last = Math.max(1, steps);
  const factor = scheduleFactor(schedule, last);
  // All shapes but the cycle are monotone.
  const least = schedule.shape === 'cyclic' ? schedule.low : Math.min(factor(1), factor(last));
  return Math.max(least, 1 / last);
}

/** Remembered for each list: the cells of a sweep share their traces, which may have millions of values. */
function leastOf(values: readonly number[]): number {
  const known = leastValues.get(values);
  if (known !== undefined) return known;
  const least = values.reduce((most, value) => Math.min(most, value), Number.POSITIVE_INFINITY);
  leastValues.set(values, least);
  return least;
}

const leastValues = new WeakMap<readonly number[], number>();
