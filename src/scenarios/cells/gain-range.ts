import { baseGain } from '../../process/gains/base-gain.ts';
import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import { inBatchSoftmaxScale } from '../../process/gains/in-batch-softmax.ts';
import type { PairParameters } from '../../process/pair-parameters.ts';
import { type LearningRateSchedule, scheduleFactor } from '../../process/schedules/index.ts';

/** Uniform draws have 53 bits: the most extreme one is this far from an end of [0, 1]. */
export const leastUniform = 2 ** -54;

/** The quantile of N(0, 1) at the least uniform draw, rounded up. */
export const greatestNormal = 8.4;

/** A bound on c: no appearance of this pair has a greater gain, or only with draws that a double cannot hold. */
export function greatestGain(pair: PairParameters): number {
  const { gain, learningRate, batchSize } = pair;
  if (gain.model === 'in-batch-softmax') return (inBatchSoftmaxScale(learningRate, batchSize, gain) * batchSize) / 4;
  const factor = greatestFactor(gain, pair);
  // A schedule may grow beyond all numbers, and 0 times that has no value.
  return factor === Number.POSITIVE_INFINITY ? factor : baseGain(pair) * factor;
}

/** The greatest η_t/η₀ of the training. */
export function greatestRateFactor(schedule: LearningRateSchedule, steps: number): number {
  // All shapes but the cycle are monotone.
  if (schedule.shape === 'cyclic') return Math.max(schedule.low, schedule.high);
  const factor = scheduleFactor(schedule, Math.max(1, steps));
  return Math.max(factor(1), factor(Math.max(1, steps)));
}

function greatestFactor(gain: Exclude<GainSpecification, { model: 'in-batch-softmax' }>, pair: PairParameters): number {
  switch (gain.model) {
    case 'constant':
      return 1;
    case 'schedule':
      return greatestRateFactor(gain.schedule, pair.steps) ** 2;
    case 'lognormal':
      return Math.exp(gain.sigma * greatestNormal - gain.sigma ** 2 / 2);
    case 'pareto':
      return leastUniform ** (-1 / gain.tailIndex);
    case 'multiplicity':
      return Math.max(1, pair.batchSize ** gain.exponent);
    case 'trace':
      return Math.max(greatestOf(gain.values), greatestOf(gain.upperValues ?? []));
  }
}

/** Bounds on the squared norm that a pair starts from. */
export function initialRange({ initialSquaredNorm }: PairParameters): { least: number; greatest: number } {
  if (typeof initialSquaredNorm === 'number') return { least: initialSquaredNorm, greatest: initialSquaredNorm };
  const { dimension, standardDeviation } = initialSquaredNorm;
  const variance = standardDeviation ** 2;
  // Near 0 a chi-square of d degrees has P(x < ε) ≤ ε^(d/2).
  return { least: variance * leastUniform ** (2 / dimension), greatest: variance * dimension * greatestNormal ** 2 };
}

/** Remembered for each list: the cells of a sweep share their traces, which may have millions of values. */
function greatestOf(values: readonly number[]): number {
  const known = greatestValues.get(values);
  if (known !== undefined) return known;
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  greatestValues.set(values, greatest);
  return greatest;
}

const greatestValues = new WeakMap<readonly number[], number>();
