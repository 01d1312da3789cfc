import type { TrainingSpecification } from './specification.ts';

/** How long a training is, in steps, and its largest batch. */
export interface TrainingSteps {
  readonly perEpoch: number;
  readonly total: number;
  readonly largestBatch: number;
}

/** @param pairs interactions of the data */
export function stepsOfTraining({ batches, epochs }: TrainingSpecification, pairs: number): TrainingSteps {
  const largestBatch = batches.sampler === 'full' ? pairs : Math.min(batches.size, pairs);
  const perEpoch = Math.ceil(pairs / largestBatch);
  return { perEpoch, total: epochs * perEpoch, largestBatch };
}
