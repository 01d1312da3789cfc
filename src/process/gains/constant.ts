import type { GainModel, GainSetting, Sharing } from './gain-model.ts';

/** c_t = c at every step: the article's process. */
export interface ConstantGain {
  readonly model: 'constant';
  readonly sharing: Sharing;
}

export function constantGain(_specification: ConstantGain, setting: GainSetting): GainModel {
  const path = { gain: () => setting.baseGain };
  return { usesCopies: false, isDeterministic: true, open: () => path };
}
