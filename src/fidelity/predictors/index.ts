import { constantGain } from './constant-gain.ts';
import { itemMeanGain } from './item-mean-gain.ts';
import { lognormalGain } from './lognormal-gain.ts';
import { multiplicityGain } from './multiplicity-gain.ts';
import type { Predictor } from './predictor.ts';
import { recordedGains } from './recorded-gains.ts';
import { softmaxLaw } from './softmax-law.ts';

/** All predictors, by letter. To add one: a file in this folder, a line here. */
export const predictors: readonly Predictor[] = [
  constantGain,
  itemMeanGain,
  multiplicityGain,
  lognormalGain,
  recordedGains,
  softmaxLaw,
];
