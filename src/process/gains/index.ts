import type { PairParameters } from '../pair-parameters.ts';
import { baseGain } from './base-gain.ts';
import { type ConstantGain, constantGain } from './constant.ts';
import type { GainModel, GainSetting, Run } from './gain-model.ts';
import { type InBatchSoftmaxGain, inBatchSoftmaxGain } from './in-batch-softmax.ts';
import { type LognormalGain, lognormalGain } from './lognormal.ts';
import { type MultiplicityGain, multiplicityGain } from './multiplicity.ts';
import { type ParetoGain, paretoGain } from './pareto.ts';
import { type ScheduleGain, scheduleGain } from './schedule.ts';
import { type TraceGain, traceGain } from './trace.ts';

/** A gain model as a scenario writes it. */
export type GainSpecification =
  | ConstantGain
  | ScheduleGain
  | LognormalGain
  | ParetoGain
  | MultiplicityGain
  | InBatchSoftmaxGain
  | TraceGain;

/** The gain model of one run of the pair. To add a model: a file in this folder, a line here, a line in the schema. */
export function gainModel(pair: PairParameters, run: Run): GainModel {
  const { gain, learningRate, batchSize, steps } = pair;
  const setting: GainSetting = { baseGain: baseGain(pair), learningRate, batchSize, steps, run };
  switch (gain.model) {
    case 'constant':
      return constantGain(gain, setting);
    case 'schedule':
      return scheduleGain(gain, setting);
    case 'lognormal':
      return lognormalGain(gain, setting);
    case 'pareto':
      return paretoGain(gain, setting);
    case 'multiplicity':
      return multiplicityGain(gain, setting);
    case 'in-batch-softmax':
      return inBatchSoftmaxGain(gain, setting);
    case 'trace':
      return traceGain(gain, setting);
  }
}
