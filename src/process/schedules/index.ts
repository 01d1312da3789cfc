import { type CosineSchedule, cosineFactor } from './cosine.ts';
import { type CyclicSchedule, cyclicFactor } from './cyclic.ts';
import { type ExponentialSchedule, exponentialFactor } from './exponential.ts';
import { type StepSchedule, stepFactor } from './step.ts';
import { type WarmUpSchedule, warmUpFactor } from './warm-up.ts';

/** η_t = η₀ at every step. */
interface ConstantSchedule {
  readonly shape: 'constant';
}

/** A learning-rate schedule as a scenario writes it. */
export type LearningRateSchedule =
  | ConstantSchedule
  | StepSchedule
  | ExponentialSchedule
  | CosineSchedule
  | WarmUpSchedule
  | CyclicSchedule;

/**
 * The factor η_t/η₀ as a function of the step, counted from 1.
 *
 * @param steps length of the training; only the cosine needs it
 */
export function scheduleFactor(schedule: LearningRateSchedule, steps: number): (step: number) => number {
  switch (schedule.shape) {
    case 'constant':
      return () => 1;
    case 'step':
      return stepFactor(schedule);
    case 'exponential':
      return exponentialFactor(schedule);
    case 'cosine':
      return cosineFactor(schedule, steps);
    case 'warm-up':
      return warmUpFactor(schedule);
    case 'cyclic':
      return cyclicFactor(schedule);
  }
}
