import type { PairParameters } from './pair-parameters.ts';
import { learningRateAt } from './schedules/learning-rate.ts';

/**
 * The decay factor κ_t = (1 − η_t λ)² by which weight decay multiplies s at a step, counted from 1: at every step when
 * the decay is dense, only at the steps that hold the item when it is lazy. 1 when there is no decay.
 *
 * @see theory, section 3
 */
export function decayFactor(pair: PairParameters): (step: number) => number {
  const { rate } = pair.weightDecay;
  if (rate === 0) return () => 1;
  const learningRate = learningRateAt(pair);
  return (step) => {
    const shrinkage = 1 - learningRate(step) * rate;
    return shrinkage * shrinkage;
  };
}
