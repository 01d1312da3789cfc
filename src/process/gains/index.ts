import type { PairParameters } from '../pair-parameters.ts';
import { baseGain } from './base-gain.ts';
import { constantGain } from './constant.ts';
import type { GainModel, GainSetting, Run } from './gain-model.ts';
import { inBatchSoftmaxGain } from './in-batch-softmax.ts';
import { lognormalGain } from './lognormal.ts';
import { multiplicityGain } from './multiplicity.ts';
import { paretoGain } from './pareto.ts';
import { scheduleGain } from './schedule.ts';
import { traceGain } from './trace.ts';

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
