import { inBatchSoftmaxScale } from '../../process/gains/in-batch-softmax.ts';
import { presenceProbability } from '../../process/presence.ts';
import type { PlannedTraining } from './planned-training.ts';

/** What a training makes of s² = x: x_T = kept·x₀ + grown, the same for every start. */
export interface Growth {
  readonly kept: number;
  readonly grown: number;
}

/**
 * The law of the in-batch softmax for an item with a share p of the slots (theory, section 5, predictor (f)): all its gains
 * together are G = c₁n(1 − p)(1 − 1/B), n its slots in the whole training, so that x_T = x₀ + 2G; a smaller last batch of
 * an epoch takes longer steps (`batchFactor`).
 *
 * Momentum multiplies the growth of x by 1/(1 − β)². Decay leaves κ of s, 1 − κ = ηλ(2 − ηλ/(1 + β))/(1 − β): at an
 * appearance x ← κ²x + (1 + κ)c, up to terms that vanish without decay and at the balance x = c/(1 − κ), which is the
 * stationary law of theory, section 3. Lazy decay does so at the item's appearances, dense decay at every step, c being
 * there the mean gain of a step.
 */
export function growthOf(planned: PlannedTraining, popularity: number, interactions: number): Growth {
  const { learningRate, batchSize, epochs, momentum, weightDecay } = planned;
  const share = popularity / interactions;
  const steps = (epochs * interactions) / batchSize;
  const slots = epochs * popularity;
  const scale = inBatchSoftmaxScale(learningRate, batchSize, planned);
  const total = (scale * batchFactor(interactions, batchSize) * slots * (1 - share)) / (1 - momentum) ** 2;
  if (weightDecay.rate === 0) return { kept: 1, grown: 2 * total };
  const loss = decayLoss(planned);
  const turns = weightDecay.applies === 'dense' ? steps : steps * presenceProbability(share, batchSize);
  if (turns === 0) return { kept: 1, grown: 0 };
  // So little decay is none, and its own share of nothing would have no value.
  if (turns * loss < 2 ** -60) return { kept: 1, grown: 2 * total };
  // Decay that takes all of s at a time is at its balance at once.
  if (loss >= 1) return { kept: 0, grown: total / turns / loss };
  // κ^{2 turns}, and (1 − κ^{2 turns})/(1 − κ²)·(1 + κ) = (1 − κ^{2 turns})/(1 − κ), without cancellation for small λ.
  const exponent = 2 * turns * Math.log1p(-loss);
  return { kept: Math.exp(exponent), grown: ((total / turns) * -Math.expm1(exponent)) / loss };
}

/** Whether decay shrinks embeddings: it turns them round, and lengthens them, from ηλ = 2 on. */
export function isStable({
  learningRate,
  weightDecay,
}: Pick<PlannedTraining, 'learningRate' | 'weightDecay'>): boolean {
  return learningRate * weightDecay.rate < 2;
}

/** 1 − κ, what decay takes from s at a time; above 0 where decay is stable. */
export function decayLoss({ learningRate, momentum, weightDecay }: PlannedTraining): number {
  const step = learningRate * weightDecay.rate;
  return (step * (2 - step / (1 + momentum))) / (1 - momentum);
}

/**
 * The mean over the slots of an epoch of (B/b)²(1 − 1/b), b the size of the slot's batch: all batches are whole but the
 * last, which has what is left.
 */
export function batchFactor(interactions: number, batchSize: number): number {
  const slots = Math.round(interactions);
  const whole = Math.floor(slots / batchSize);
  const rest = slots - whole * batchSize;
  const partOf = (batch: number) => (batch === 0 ? 0 : (1 / batch) * (1 - 1 / batch));
  return (batchSize ** 2 * (whole * partOf(batchSize) + partOf(rest))) / slots;
}
