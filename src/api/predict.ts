import { isStable } from '../fidelity/calculator/growth-law.ts';
import { zipfPopularity } from '../fidelity/calculator/law-interactions.ts';
import type { PlannedTraining } from '../fidelity/calculator/planned-training.ts';
import { type Prediction, predict as predictTraining } from '../fidelity/calculator/prediction.ts';
import { readInteractions } from '../scenarios/read-interactions.ts';
import { popularities } from '../trainer/data-sets/interactions.ts';
import { expectInput, type PopularitySource, type PredictInput } from './prediction-input.ts';

/**
 * Whether popularity will show in the norms of a training, from which learning rate on, and how strongly. Nothing is drawn.
 *
 * @param input the items' popularities, the rates, and what is known of the training
 * @throws {TypeError} for unknown names, values of another type, and where it is not said what the popularities are
 * @throws {RangeError} for parameters that the law does not cover
 * @throws {DataError} for what is wrong in a table
 */
export async function predict(input: PredictInput): Promise<Prediction> {
  expectInput(input);
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
  expectLaw(setting, Math.max(...rates), topK);
  return predictTraining({ ...setting, learningRate: rates[0] }, rates, topK);
}

/** Checks what depends on several of the values, or on a table. */
function expectLaw(
  { popularity, momentum, weightDecay }: Omit<PlannedTraining, 'learningRate'>,
  highestRate: number,
  topK: number,
): void {
  expectThat(popularity.length >= 4, 'popularity', 'at least 4 counts', `${popularity.length}`);
  const interactions = popularity.reduce((sum, count) => sum + count, 0);
  expectThat(interactions >= 1, 'popularity', 'counts that add up to 1 or more', `${interactions}`);
  const limit = `less than half of the ${popularity.length} items`;
  expectThat(topK < popularity.length / 2, 'topK', limit, `${topK}`);
  const hasLaw = momentum === 0 || weightDecay.rate === 0 || weightDecay.applies === 'dense';
  expectThat(hasLaw, 'weightDecay.applies', 'dense beside momentum', weightDecay.applies);
  const highest = { learningRate: highestRate, weightDecay: { rate: weightDecay.rate, applies: 'dense' } } as const;
  expectThat(isStable(highest), 'weightDecay.rate', `below ${2 / highestRate}`, `${weightDecay.rate}`);
}

async function popularityOf(source: PopularitySource): Promise<readonly number[]> {
  if ('popularity' in source && source.popularity !== undefined) return source.popularity;
  if ('zipf' in source && source.zipf !== undefined)
    return zipfPopularity(source.zipf.exponent, source.zipf.items, source.zipf.interactions);
  const { data, skipBadRows = false } = source as Extract<PopularitySource, { data: string }>;
  const { interactions } = await readInteractions(data, { skipBadRows });
  return popularities(interactions);
}

function expectThat(holds: boolean, field: string, expected: string, got: string): void {
  if (!holds) throw new RangeError(`predict: expected ${field} to be ${expected}, got ${got}`);
}
