import type { GainModel, GainSetting, Sharing } from './gain-model.ts';

/**
 * The law that InfoNCE with in-batch negatives follows early in training:
 * c(K) = (η/(Bτ))²·(1 − 1/d)·K·(1 − K/B). A batch that holds nothing but the item does not move it.
 */
export interface InBatchSoftmaxGain {
  readonly model: 'in-batch-softmax';
  /** As for the multiplicity gain: copies from the same slots, or drawn independently given presence. */
  readonly sharing: Sharing;
  /** τ > 0, the softmax temperature. */
  readonly temperature: number;
  /** d ≥ 1, the dimension of the embeddings; d = 1 has no tangent directions and no gain. */
  readonly dimension: number;
}

export function inBatchSoftmaxGain(specification: InBatchSoftmaxGain, setting: GainSetting): GainModel {
  const { batchSize } = setting;
  const firstOrder = inBatchSoftmaxScale(setting.learningRate, batchSize, specification);
  const gains = Array.from({ length: batchSize + 1 }, (_, copies) => firstOrder * copies * (1 - copies / batchSize));
  const path = { gain: (_step: number, copies: number) => gains[copies] };
  return { usesCopies: true, isDeterministic: false, open: () => path };
}

/** c₁ = (η/(Bτ))²(1 − 1/d), the gain's scale in the parameter-free law (theory, section 5, predictor (f)). */
export function inBatchSoftmaxScale(
  learningRate: number,
  batchSize: number,
  { temperature, dimension }: Pick<InBatchSoftmaxGain, 'temperature' | 'dimension'>,
): number {
  return (learningRate / (batchSize * temperature)) ** 2 * (1 - 1 / dimension);
}
