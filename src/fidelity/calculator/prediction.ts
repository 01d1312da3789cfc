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
  /**
   * The lazy decay λ under which a dot-product ranker treats the most popular tenth most nearly as a cosine ranker does,
   * the share of the top k that it then takes, and Pearson's correlation; null where none takes away half of the excess.
   */
  readonly lazyDecay: { readonly rate: number; readonly pearson: number; readonly dotProduct: number } | null;
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
    remedies: remediesOf(planned, prepared, thresholds, topK),
  };
}

function remediesOf(
  planned: PlannedTraining,
  prepared: PreparedTraining,
  { significant }: Thresholds,
  topK: number,
): Remedies {
  const { learningRate, weightDecay } = planned;
  const isBeyond = significant !== null && learningRate > significant;
  return {
    learningRate: isBeyond ? significant : null,
    // Only η/(Bτσ²) matters, as long as nothing decays.
    largerStart: isBeyond && weightDecay.rate === 0 ? Math.sqrt(learningRate / significant) : null,
    lazyDecay: isBeyond ? lazyDecay(planned, prepared, topK) : null,
  };
}

/** Decays tried: so many on a logarithmic grid of so many powers of ten around the one that balances growth at the start. */
const decaysTried = 21;
const decadesTried = 2;

function lazyDecay(planned: PlannedTraining, prepared: PreparedTraining, topK: number): Remedies['lazyDecay'] {
  const { items, interactions, start } = prepared;
  const { learningRate, epochs, batchSize } = planned;
  const decayed = (rate: number) => {
    const norms = finalNorms({ ...planned, momentum: 0, weightDecay: { rate, applies: 'lazy' } }, prepared);
    const { dotProduct, cosine } = rankerShares(norms, planned.dimension, topK);
    return { rate, pearson: expectedPearsonValue(norms) ?? 0, dotProduct, excess: Math.abs(dotProduct - cosine) };
  };
  // At an item of mean popularity, an appearance's gain c balances a decay ηλ(2 − ηλ) of s at s = √(c/(ηλ(2 − ηλ))).
  const mean = interactions / items;
  const appearances = ((epochs * interactions) / batchSize) * presenceProbability(mean / interactions, batchSize);
  const plain = { ...planned, momentum: 0, weightDecay: { rate: 0, applies: 'lazy' } } as const;
  const gain = growthOf(plain, mean, interactions).grown / 2 / appearances;
  const square = start.nodes.reduce((sum, s, node) => sum + start.weights[node] * s * s, 0);
  const balance = Math.min(gain / square, 0.5) / (2 * learningRate);
  const tried = Array.from({ length: decaysTried }, (_, index) => {
    return balance * 10 ** (decadesTried * ((2 * index) / (decaysTried - 1) - 1));
  }).filter((rate) => rate * learningRate < 1);
  const { excess, ...best } = tried.map(decayed).reduce((least, one) => (one.excess < least.excess ? one : least));
  return excess < decayed(0).excess / 2 ? best : null;
}
