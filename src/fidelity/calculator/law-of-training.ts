import { scheduleFactor } from '../../process/schedules/index.ts';
import type { TowerOptimiser, TowerSpecification, TrainingSpecification } from '../../trainer/specification.ts';
import { stepsOfTraining } from '../../trainer/training-steps.ts';
import { type FinalNorms, finalNorms, prepare } from './final-norms.ts';
import type { PlannedTraining } from './planned-training.ts';
import { type Thresholds, thresholdsOf } from './thresholds.ts';

/** What the law of the in-batch softmax says of a training at any learning rate of its items. */
export interface LawOfTraining {
  normsAt(learningRate: number): FinalNorms;
  thresholds(): Thresholds;
}

/**
 * The law for a training as scenarios describe it. A schedule counts by the mean of its squared rates, because gains grow
 * with the square of the rate.
 *
 * @param popularity interactions of each item
 * @returns why there is none, where the training is not one that the law is for
 */
export function lawOfTraining(
  specification: TrainingSpecification,
  popularity: readonly number[],
): LawOfTraining | { readonly whyNot: string } {
  const whyNot = reasonAgainst(specification, popularity);
  if (whyNot !== null) return { whyNot };
  const { factor, ...planned } = plannedOf(specification, popularity);
  const prepared = prepare(planned);
  let thresholds: Thresholds | undefined;
  return {
    normsAt: (learningRate) => finalNorms({ ...planned, learningRate: factor * learningRate }, prepared),
    thresholds() {
      thresholds ??= inOwnRates(thresholdsOf(planned, prepared), factor);
      return thresholds;
    },
  };
}

function inOwnRates({ significant, half, largest, ...rest }: Thresholds, factor: number): Thresholds {
  return {
    ...rest,
    significant: significant === null ? null : significant / factor,
    half: half === null ? null : half / factor,
    largest: { ...largest, learningRate: largest.learningRate / factor },
  };
}

/** Items from which on a correlation can be significant. */
const fewestItems = 4;

function reasonAgainst(
  { tower, loss, optimisers, dimension, untilMeanCosine, initialParameters }: TrainingSpecification,
  popularity: readonly number[],
): string | null {
  const { item } = optimisers;
  if (loss.name !== 'info-nce-cosine') return `the law is of the cosine InfoNCE, and the loss is ${loss.name}`;
  if (!hasOwnRows(tower)) return `the law is of users with embeddings of their own, and theirs is ${tower.kind}`;
  if (!isPlain(item)) return 'the law is of plain SGD, and the items have another optimiser';
  if (untilMeanCosine !== null) return 'the law needs the number of steps, and the training ends by its mean cosine';
  if (initialParameters !== undefined) return 'the law is of a drawn start, and parameters were given';
  if (dimension < 2) return 'in one dimension nothing is tangent';
  return popularity.length < fewestItems ? `there are fewer than ${fewestItems} items` : null;
}

/** A linear layer over one-hot inputs is a table of embeddings, too, unless it has a bias. */
function hasOwnRows(tower: TowerSpecification): boolean {
  return tower.kind === 'embedding' || (tower.kind === 'one-hot-linear' && !tower.bias);
}

function isPlain(optimiser: TowerOptimiser): boolean {
  if (optimiser.method !== 'sgd' || optimiser.weightDecay.rate !== 0) return false;
  const { momentum } = optimiser;
  return typeof momentum === 'number' ? momentum === 0 : momentum.low === 0 && momentum.high === 0;
}

/** With the factor on the rate that stands for its schedule. */
function plannedOf(
  specification: TrainingSpecification,
  popularity: readonly number[],
): PlannedTraining & { readonly factor: number } {
  const { optimisers, dimension, loss, initial, epochs } = specification;
  const pairs = popularity.reduce((sum, count) => sum + count, 0);
  const { largestBatch, total } = stepsOfTraining(specification, pairs);
  const factorOf = scheduleFactor(optimisers.item.schedule, total);
  let squares = 0;
  for (let step = 1; step <= total; step++) squares += factorOf(step) ** 2;
  return {
    factor: Math.sqrt(squares / total),
    popularity,
    learningRate: optimisers.item.learningRate,
    batchSize: largestBatch,
    dimension,
    temperature: loss.temperature,
    initial,
    epochs,
    momentum: 0,
    weightDecay: { rate: 0, applies: 'dense' },
  };
}
