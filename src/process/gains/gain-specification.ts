import type { ConstantGain } from './constant.ts';
import type { InBatchSoftmaxGain } from './in-batch-softmax.ts';
import type { LognormalGain } from './lognormal.ts';
import type { MultiplicityGain } from './multiplicity.ts';
import type { ParetoGain } from './pareto.ts';
import type { ScheduleGain } from './schedule.ts';
import type { TraceGain } from './trace.ts';

/** A gain model as a scenario writes it. */
export type GainSpecification =
  | ConstantGain
  | ScheduleGain
  | LognormalGain
  | ParetoGain
  | MultiplicityGain
  | InBatchSoftmaxGain
  | TraceGain;
