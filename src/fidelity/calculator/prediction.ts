import { presenceProbability } from '../../process/presence.ts';
import { type Decile, normDeciles } from './deciles.ts';
import {
  type ExpectedCorrelation,
  expectedPearson,
  expectedPearsonValue,
  expectedSpearman,
} from './expected-correlations.ts';
import { finalNorms, type PreparedTraining, prepare } from './final-norms.ts';
import { growthOf } from './growth-law.ts';
import type { PlannedTraining } from './planned-training.ts';
import { type RankerShares, rankerShares } from './ranker.ts';
import { type Thresholds, thresholdsOf } from './thresholds.ts';

/** What to expect at one learning rate. */
export interface RatePrediction {
  readonly learningRate: number;
  /** Null where popularity or norm does not vary. */
  readonly pearson: ExpectedCorrelation | null;
  readonly spearman: ExpectedCorrelation | null;
  /** Whether the expected Pearson correlation is beyond what chance gives in 95 of 100 trainings. */
  readonly shows: boolean;
  readonly deciles: readonly Decile[];
  readonly ranker: RankerShares;
  readonly remedies: Remedies;
}

/** What would keep popularity out of the norms, or out of the ranking. */
interface Remedies {
  /** The largest rate at which the expected correlation is not significant; null where none is, or all are. */
  readonly learningRate: number | null;
  /** The factor on the start (standard deviation, or radius) that does the same at the planned rate. */
  readonly largerStart: number | null;
  /** Lazy decay that balances growth where the start is: its λ, and the correlation with it; null where none can. */
  readonly lazyDecay: { readonly rate: number; readonly pearson: number } | null;
}

/** What popularity will do to the norms of a training, before it has begun. */
export interface Prediction {
  readonly items: number;
  /** Different popularities that were told apart. */
  readonly groups: number;
  readonly thresholds: Thresholds;
  readonly rates: readonly RatePrediction[];
}

/**
 * Predicts by the law of the in-batch softmax; nothing is drawn.
 *
 * @param rates learning rates, each in place of the planned one
 * @param topK places of the ranker
 */
export function predict(planned: PlannedTraining, rates: readonly number[], topK: number): Prediction {
  const prepared = prepare(planned);
  const thresholds = thresholdsOf(planned, prepared);
  return {
    items: prepared.items,
    groups: prepared.groups.length,
    thresholds,
    rates: rates.map((learningRate) => predictRate({ ...planned, learningRate }, prepared, thresholds, topK)),
  };
}

function predictRate(
  planned: PlannedTraining,
  prepared: PreparedTraining,
  thresholds: Thresholds,
  topK: number,
): RatePrediction {
  const norms = finalNorms(planned, prepared);
  const pearson = expectedPearson(norms);
  return {
    learningRate: planned.learningRate,
    pearson,
    spearman: expectedSpearman(norms),
    shows: pearson !== null && pearson.value >= thresholds.criticalPearson,
    deciles: normDeciles(norms),
    ranker: rankerShares(norms, planned.dimension, topK),
    remedies: remediesOf(planned, prepared, thresholds),
  };
}

function remediesOf(planned: PlannedTraining, prepared: PreparedTraining, { significant }: Thresholds): Remedies {
  const { learningRate, weightDecay } = planned;
  const isBeyond = significant !== null && learningRate > significant;
  return {
    learningRate: isBeyond ? significant : null,
    // Only η/(Bτσ²) matters, as long as nothing decays.
    largerStart: isBeyond && weightDecay.rate === 0 ? Math.sqrt(learningRate / significant) : null,
    lazyDecay: isBeyond ? lazyDecay(planned, prepared) : null,
  };
}

/** The decay whose balance is where the start is, for an item of mean popularity: what is seen often then stays there. */
function lazyDecay(planned: PlannedTraining, prepared: PreparedTraining): Remedies['lazyDecay'] {
  const { items, interactions, start } = prepared;
  const plain: PlannedTraining = { ...planned, momentum: 0, weightDecay: { rate: 0, applies: 'lazy' } };
  const mean = interactions / items;
  const appearances =
    (planned.epochs * interactions * presenceProbability(mean / interactions, planned.batchSize)) / planned.batchSize;
  const gain = growthOf(plain, mean, interactions).grown / 2 / appearances;
  const square = start.nodes.reduce((sum, s, node) => sum + start.weights[node] * s * s, 0);
  if (gain >= square) return null;
  const rate = (1 - Math.sqrt(1 - gain / square)) / planned.learningRate;
  const norms = finalNorms({ ...plain, weightDecay: { rate, applies: 'lazy' } }, prepared);
  const pearson = expectedPearsonValue(norms);
  return pearson === null ? null : { rate, pearson };
}
