import { type CyclicSchedule, cyclicFactor } from '../../process/schedules/cyclic.ts';

/**
 * Momentum that moves against a cyclic rate: `high` where the rate is lowest, `low` where it is highest. PyTorch's CyclicLR
 * does so, from 0.8 to 0.9, unless it is told not to.
 */
export interface MomentumCycle {
  readonly low: number;
  readonly high: number;
}

/** The momentum as a function of the step, counted from 1. */
export function cycledMomentum({ low, high }: MomentumCycle, schedule: CyclicSchedule): (step: number) => number {
  const factor = cyclicFactor(schedule);
  const span = schedule.high - schedule.low;
  return (step) => high - (high - low) * (span === 0 ? 0 : (factor(step) - schedule.low) / span);
}
