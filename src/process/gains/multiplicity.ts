import type { GainModel, GainSetting, Sharing } from './gain-model.ts';

/** c = c₁K^γ, K the copies of the item in the batch (claim A7). */
export interface MultiplicityGain {
  readonly model: 'multiplicity';
  /** shared: the two runs' copies come from the same slots, K′ ≤ K″; own: drawn independently given presence. */
  readonly sharing: Sharing;
  /** γ, the power of the number of copies. */
  readonly exponent: number;
}

export function multiplicityGain(specification: MultiplicityGain, setting: GainSetting): GainModel {
  const gains = Array.from({ length: setting.batchSize + 1 }, (_, copies) => {
    return setting.baseGain * copies ** specification.exponent;
  });
  const path = { gain: (_step: number, copies: number) => gains[copies] };
  return { usesCopies: true, isDeterministic: false, open: () => path };
}
