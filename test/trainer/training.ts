import { openGenerator } from '../../src/random/generators/index.ts';
import { plainSgd } from '../../src/trainer/optimisers/optimiser.ts';
import type { TowerOptimiser, TrainingSpecification } from '../../src/trainer/specification.ts';

/** Plain SGD at a constant rate. */
export function sgd(learningRate: number): TowerOptimiser {
  return { ...plainSgd, learningRate, schedule: { shape: 'constant' } };
}

/** Experiment 1 of the article, and what a test changes of it. */
export function trainingOf(changes: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return {
    data: { from: 'toy' },
    dimension: 2,
    precision: 'double',
    tower: { kind: 'embedding' },
    loss: { name: 'info-nce-cosine', temperature: 1 },
    initial: { standardDeviation: 1 },
    optimisers: { user: sgd(5), item: sgd(5) },
    batches: { sampler: 'full', size: 25 },
    epochs: 100,
    untilMeanCosine: null,
    ...changes,
  };
}

/** Streams of a training by number. */
export function streamsOf(training: number) {
  const open = (name: string) => openGenerator('sfc32', name.repeat(64))(training);
  return { parameters: open('a'), batches: open('b') };
}
