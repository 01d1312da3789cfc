import { scheduleFactor } from '../../process/schedules/index.ts';
import type { TrainingSpecification } from '../../trainer/specification.ts';
import { stepsOfTraining } from '../../trainer/training-steps.ts';
import type { Predictor } from './predictor.ts';

/**
 * (f) The parameter-free law: c(K) = (η/(Bτ))²(1 − 1/d)K(1 − K/B), whose mean over batches is c₁Bp(1 − p)(1 − 1/B), in sum
 * s_T = √(s₀² + 2c₁n(1 − p)(1 − 1/B)), with n the slots that hold the item in the whole training and p its share of all
 * slots. Nothing of it is fitted.
 */
export const softmaxLaw: Predictor = {
  letter: 'f',
  title: 'the softmax law',
  needs: 'nothing',
  predict({ specification, interactions, popularity, initial }) {
    const gainOfSlot = meanGainOfSlot(specification, interactions);
    return initial.map((start, item) => {
      const slots = popularity[item] * specification.epochs;
      return Math.sqrt(start ** 2 + 2 * gainOfSlot * slots * (1 - popularity[item] / interactions));
    });
  },
};

/**
 * c₁(1 − 1/B) = (η/(Bτ))²(1 − 1/d)(1 − 1/B), the mean over all slots of a training: rates follow a schedule, and the last
 * batch of an epoch is smaller, so that its steps are longer.
 */
export function meanGainOfSlot(specification: TrainingSpecification, interactions: number): number {
  const { optimisers, loss, dimension, epochs } = specification;
  const { perEpoch, total, largestBatch } = stepsOfTraining(specification, interactions);
  const factor = scheduleFactor(optimisers.item.schedule, total);
  let sum = 0;
  for (let step = 1; step <= total; step++) {
    const isLastOfEpoch = step % perEpoch === 0;
    const batch = isLastOfEpoch ? interactions - (perEpoch - 1) * largestBatch : largestBatch;
    const rate = optimisers.item.learningRate * factor(step);
    sum += (rate ** 2 / batch) * (1 - 1 / batch);
  }
  return ((1 - 1 / dimension) / loss.temperature ** 2) * (sum / (interactions * epochs));
}
