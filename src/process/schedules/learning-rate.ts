import type { PairParameters } from '../pair-parameters.ts';
import { scheduleFactor } from './index.ts';

/** η_t as a function of the step, counted from 1: the learning rate times its schedule's factor, if it has one. */
export function learningRateAt({ gain, learningRate, steps }: PairParameters): (step: number) => number {
  if (gain.model !== 'schedule') return () => learningRate;
  const factor = scheduleFactor(gain.schedule, steps);
  return (step) => learningRate * factor(step);
}
