import { isStable } from '../fidelity/calculator/growth-law.ts';
import { zipfPopularity } from '../fidelity/calculator/law-interactions.ts';
import type { PlannedTraining } from '../fidelity/calculator/planned-training.ts';
import { type Prediction, predict as predictTraining } from '../fidelity/calculator/prediction.ts';
import { readInteractions } from '../scenarios/read-interactions.ts';
import { popularities } from '../trainer/data-sets/interactions.ts';

/** Where the items' popularities come from. */
type PopularitySource =
  /** Interactions of each item, in an epoch. */
  | { readonly popularity: readonly number[] }
  /** Zipf's law: the item of rank r has a share ∝ r^−exponent of so many interactions an epoch. */
  | { readonly zipf: { readonly exponent: number; readonly items: number; readonly interactions: number } }
  /** The path of a user–item table, in any of the formats of scenarios. */
  | { readonly data: string; readonly skipBadRows?: boolean };

/** A training that has not begun; what is left out is as in `norm-growth predict`. */
export type PredictInput = PopularitySource &
  Partial<Omit<PlannedTraining, 'popularity' | 'learningRate'>> & {
    /** η, one or several. */
    readonly learningRate: number | readonly number[];
    /** Places of the ranker; 10 unless said. */
    readonly topK?: number;
  };

/**
 * Whether popularity will show in the norms of a training, from which learning rate on, and how strongly. Nothing is drawn.
 *
 * @param input the items' popularities, the rates, and what is known of the training
 * @throws {RangeError} for parameters that the law does not cover
 * @throws {DataError} for what is wrong in a table
 */
export async function predict(input: PredictInput): Promise<Prediction> {
  const {
    learningRate,
    topK = 10,
    batchSize = 256,
    dimension = 32,
    temperature = 1,
    epochs = 10,
    momentum = 0,
  } = input;
  const { initial = { standardDeviation: 1 }, weightDecay = { rate: 0, applies: 'dense' } } = input;
  const rates = typeof learningRate === 'number' ? [learningRate] : learningRate;
  const popularity = await popularityOf(input);
  const setting = { popularity, batchSize, dimension, temperature, initial, epochs, momentum, weightDecay };
  for (const [field, least] of Object.entries({ batchSize: 2, dimension: 2, epochs: 1 })) {
    const value = setting[field as 'batchSize' | 'dimension' | 'epochs'];
    expectThat(Number.isSafeInteger(value) && value >= least, field, `a whole number from ${least}`, value);
  }
  expectThat(rates.length > 0 && rates.every(isPositive), 'learningRate', 'numbers above 0', rates.join(', '));
  expectThat(isPositive(temperature), 'temperature', 'a number above 0', temperature);
  expectThat(momentum >= 0 && momentum < 1, 'momentum', 'a number from 0 to below 1', momentum);
  expectThat(
    popularity.length >= 4 && popularity.every((count) => count >= 0 && Number.isFinite(count)),
    'popularity',
    'at least 4 counts from 0',
    `${popularity.length} values`,
  );
  expectThat(
    topK >= 1 && topK < popularity.length / 2,
    'topK',
    `1 to less than half of ${popularity.length} items`,
    topK,
  );
  expectThat(
    momentum === 0 || weightDecay.rate === 0 || weightDecay.applies === 'dense',
    'weightDecay.applies',
    'dense beside momentum',
    weightDecay.applies,
  );
  const highest = {
    learningRate: Math.max(...rates),
    weightDecay: { rate: weightDecay.rate, applies: 'dense' },
  } as const;
  expectThat(isStable(highest), 'weightDecay.rate', `below ${2 / highest.learningRate}`, weightDecay.rate);
  return predictTraining({ ...setting, learningRate: rates[0] }, rates, topK);
}

async function popularityOf(source: PopularitySource): Promise<readonly number[]> {
  if ('popularity' in source) return source.popularity;
  if ('zipf' in source) return zipfPopularity(source.zipf.exponent, source.zipf.items, source.zipf.interactions);
  const { interactions } = await readInteractions(source.data, { skipBadRows: source.skipBadRows ?? false });
  return popularities(interactions);
}

function isPositive(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

function expectThat(holds: boolean, field: string, expected: string, got: number | string): void {
  if (!holds) throw new RangeError(`${field} — expected ${expected}, got ${got}`);
}
