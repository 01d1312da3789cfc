import fc from 'fast-check';
import { predict } from '../../../../src/api/predict.ts';
import type { PredictInput } from '../../../../src/api/prediction-input.ts';
import type { Prediction } from '../../../../src/fidelity/calculator/prediction.ts';
import { canonicalJson } from '../../../../src/random/canonical-json.ts';
import type { Ordeal } from '../../ordeal.ts';
import { extremes } from './extremes.ts';
import { isClose } from './known-gains.ts';

/** What is planned of a training, at the ends of what the calculator takes, and now and then beyond. */
const inputs = fc.record({
  popularity: fc.oneof(
    fc.array(fc.constantFrom(0, 1, 1, 2, 100, 1e6, 1e15), { minLength: 4, maxLength: 12 }),
    fc.array(extremes([0, 1e-300, 1e15], [-1, Number.NaN, 1e300]), { minLength: 3, maxLength: 6 }),
  ),
  learningRate: extremes([1e-15, 1e-7, 0.1, 1, 100, 1e15], [0, Number.NaN, 1e300]),
  topK: extremes([1, 1, 2], [0, 1e300]),
  batchSize: extremes([2, 3, 64, 1e9], [1, 1e300]),
  dimension: extremes([2, 32, 65536, 1e9], [1, 1e300]),
  temperature: extremes([1e-15, 1e-6, 1, 1, 1e15], [0, 1e300]),
  epochs: extremes([1, 10, 1e9], [0, 1e300]),
  momentum: extremes([0, 0, 0.5, 1 - 2 ** -53], [1]),
  initial: fc.oneof(
    fc.record({ standardDeviation: extremes([1e-15, 1, 1, 50, 1e15], [0, 5e-324]) }),
    fc.record({ radius: extremes([1e-15, 1, 1, 1e15], [0, 1e300]) }),
  ),
  weightDecay: fc.record({
    rate: extremes([0, 0, 0, 5e-324, 1e-9, 0.01, 1], [1e300]),
    applies: fc.constantFrom('dense', 'lazy'),
  }),
}) as fc.Arbitrary<PredictInput>;

export const extremePredictions: Ordeal = {
  name: 'extreme-predictions',
  promise:
    'the calculator gives finite numbers in their ranges for any training it takes, and names what it does not take',
  async endure(trial) {
    const tried = fc.sample(inputs, { seed: trial.seed, numRuns: trial.isBounded ? 150 : 3000 });
    let [predictions, refusals] = [0, 0];
    for (const [index, input] of tried.entries()) {
      trial.say(`${index} of ${tried.length}`);
      const outcome = await outcomeOf(input);
      if (outcome === 'refused') refusals += 1;
      else {
        predictions += 1;
        judge(input, outcome);
        await judgeScaling(input, outcome);
      }
    }
    return { trainings: tried.length, predictions, refusals };
  },
};

async function outcomeOf(input: PredictInput): Promise<Prediction | 'refused'> {
  try {
    return await predict(input);
  } catch (error) {
    const { message, stack } = error as Error;
    if (/^predict: expected [a-zA-Z[\].\d]+ to be .*\d.*, got /.test(message) || /dense beside momentum/.test(message))
      return 'refused';
    throw new Error(`${canonicalOf(input)} is refused by ${stack}`);
  }
}

function judge(input: PredictInput, prediction: Prediction): void {
  const wrong = (what: string) => new Error(`${canonicalOf(input)} gives ${what}`);
  try {
    canonicalJson(prediction);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  for (const { pearson, spearman, deciles, ranker } of prediction.rates) {
    for (const correlation of [pearson, spearman]) {
      if (correlation !== null && Math.abs(correlation.value) > 1 + 1e-9)
        throw wrong(`a correlation of ${correlation.value}`);
    }
    if (!(ranker.dotProduct >= 0 && ranker.dotProduct <= 1 + 1e-9)) throw wrong(`a share of ${ranker.dotProduct}`);
    const isRising = deciles.every(({ norms: [low, middle, high] }) => low >= 0 && low <= middle && middle <= high);
    if (!isRising) throw wrong('quantiles out of order');
  }
}

/** Only η/(Bτσ²) matters: a start 2⁵ times as large, with a rate 2¹⁰ times as high, gives norms 2⁵ times as large. */
async function judgeScaling(input: PredictInput, { rates: [one] }: Prediction): Promise<void> {
  const { initial, learningRate, weightDecay } = input;
  if (initial === undefined || typeof learningRate !== 'number' || (weightDecay?.rate ?? 0) > 0) return;
  const larger = Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, 32 * value]));
  const scaled = { ...input, learningRate: 1024 * learningRate, initial: larger } as PredictInput;
  const outcome = await outcomeOf(scaled);
  if (outcome === 'refused') return;
  for (const [tenth, { norms }] of one.deciles.entries()) {
    const others = outcome.rates[0].deciles[tenth].norms;
    if (!norms.every((norm, at) => isClose(32 * norm, others[at], 1e-9)))
      throw new Error(`${canonicalOf(input)} gives ${norms}, and on 32 times the scale ${others}`);
  }
}

function canonicalOf(input: PredictInput): string {
  return JSON.stringify(input);
}
