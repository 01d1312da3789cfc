import { type LearningRateSchedule, scheduleFactor } from '../schedules/index.ts';
import type { GainModel, GainSetting, Sharing } from './gain-model.ts';

/** c_t = c (η_t/η₀)²: the gain under a learning-rate schedule. */
export interface ScheduleGain {
  readonly model: 'schedule';
  readonly sharing: Sharing;
  readonly schedule: LearningRateSchedule;
}

export function scheduleGain(specification: ScheduleGain, setting: GainSetting): GainModel {
  const factor = scheduleFactor(specification.schedule, setting.steps);
  const path = { gain: (step: number) => setting.baseGain * factor(step) ** 2 };
  return { usesCopies: false, isDeterministic: true, open: () => path };
}
