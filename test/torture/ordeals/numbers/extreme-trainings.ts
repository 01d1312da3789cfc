import fc from 'fast-check';
import { canonicalJson } from '../../../../src/random/canonical-json.ts';
import { loadAnyScenario } from '../../../../src/scenarios/load-scenario.ts';
import { ScenarioError } from '../../../../src/scenarios/scenario-error.ts';
import type { TrainingScenario } from '../../../../src/scenarios/training/training-scenario.ts';
import { planTrainings, runTraining } from '../../../../src/trainer/training-cell.ts';
import type { TrainingSummary } from '../../../../src/trainer/training-summary.ts';
import type { Ordeal } from '../../ordeal.ts';
import { isClearRefusal } from './clear-refusal.ts';
import { extremes } from './extremes.ts';
import { isClose } from './known-gains.ts';

type Written = Readonly<Record<string, unknown>>;

const decay = fc.record({ rate: extremes([0, 0, 0.01, 1e6], [-1]), applies: fc.constantFrom('dense', 'lazy') });
const optimiser = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ method: 'sgd' }) },
  fc.record({
    method: fc.constant('sgd'),
    learningRate: extremes([0, 1, 1e300], [-1]),
    momentum: extremes([0, 0.9, 0.999999], [1]),
    weightDecay: decay,
  }),
  fc.record({
    method: fc.constantFrom('adam', 'adamw'),
    beta1: extremes([0, 0.9, 0.999999], [1]),
    beta2: extremes([0, 0.999, 0.999999], [1]),
    weightDecay: decay,
  }),
);
const generated = (users: number, items: number, interactions: number) => ({
  from: 'generator',
  users,
  items,
  interactions,
  factors: 1,
  zipfExponent: 10,
});

/** Trainings of a few pairs, every field at an end of its range. */
const trainings: fc.Arbitrary<Written> = fc.record({
  kind: fc.constant('train'),
  name: fc.constant('extreme'),
  data: fc.constantFrom(
    { from: 'toy' },
    { from: 'one-to-one', pairs: 1 },
    { from: 'one-to-one', pairs: 7 },
    generated(1, 1, 1),
    generated(1, 9, 9),
    generated(9, 1, 9),
    generated(6, 8, 20),
  ),
  dimension: extremes([1, 2, 3], [0, 1e9]),
  tower: fc.constantFrom<object>(
    { kind: 'embedding' },
    { kind: 'embedding' },
    { kind: 'embedding-linear', features: 1 },
    { kind: 'frozen-linear', features: 3 },
    { kind: 'one-hot-linear' },
    { kind: 'bert', width: 2, heads: 1, layers: 1, feedForward: 1 },
  ),
  loss: fc.record({
    name: fc.constantFrom('info-nce-cosine', 'info-nce-dot', 'squared-cosine-gap', 'negative-cosine'),
    temperature: extremes([1e-6, 1, 1, 1e6], [0]),
  }),
  initial: fc.oneof(
    fc.record({ standardDeviation: extremes([1e-15, 1, 1, 1e15], [0]) }),
    fc.record({ radius: extremes([1e-15, 1, 1, 1e15], [0]) }),
  ),
  learningRate: extremes([0, 5e-324, 1e-300, 0.1, 1, 1, 1e15, 1e300], [-1]),
  user: optimiser,
  item: optimiser,
  batches: fc.record({
    sampler: fc.constantFrom('full', 'epoch-shuffle', 'slots'),
    size: extremes([1, 2, 25, 2 ** 20], [0]),
  }),
  epochs: extremes([1, 3], [0]),
});

export const extremeTrainings: Ordeal = {
  name: 'extreme-trainings',
  promise:
    'trainings at the ends of their ranges end with finite numbers, or say at which step they ceased to be finite',
  async endure(trial) {
    const tried = fc.sample(trainings, { seed: trial.seed, numRuns: trial.isBounded ? 150 : 3000 });
    const counts = { refusals: 0, 'runs to the end': 0, 'runs stopped and told': 0 };
    for (const [index, written] of tried.entries()) {
      trial.say(`${index} of ${tried.length}`);
      try {
        const runs = await runsOf(written);
        if (runs === 'refused') counts.refusals += 1;
        else
          for (const { stopped } of runs) counts[stopped === null ? 'runs to the end' : 'runs stopped and told'] += 1;
      } catch (error) {
        throw new Error(`${JSON.stringify(written)}: ${(error as Error).message}`, { cause: error });
      }
    }
    return { trainings: tried.length, ...counts };
  },
};

/** The training with kernels and without, judged. */
async function runsOf(written: Written): Promise<readonly TrainingSummary[] | 'refused'> {
  let scenario: TrainingScenario;
  try {
    scenario = (await loadAnyScenario(JSON.stringify(written))) as TrainingScenario;
  } catch (error) {
    if (error instanceof ScenarioError && error.message.split('\n').every(isClearRefusal)) return 'refused';
    throw error;
  }
  const requests = scenario.cells.map(({ training, seed }) => ({ training, seed, replicates: 1 }));
  const runs = (['auto', 'plain'] as const).map((kernel) => {
    const [cell] = planTrainings(requests, kernel);
    const [run] = runTraining(cell, { cell: 0, block: 0, first: 0, replicates: 1 }, scenario.tables);
    judge(scenario, run);
    return run;
  });
  judgeTwins(scenario, runs);
  return runs;
}

function judge({ cells: [{ training }] }: TrainingScenario, run: TrainingSummary): void {
  // Refuses what is not finite.
  canonicalJson(run);
  const { stopped, items } = run;
  if (stopped !== null) {
    if (!/^step \d+: .*(no longer finite|the loss became)/.test(stopped.because))
      throw new Error(`it stopped: ${stopped.because}`);
    return;
  }
  const { item } = training.optimisers;
  const isStill = item.learningRate === 0;
  if (isStill && items.finalNorm.some((norm, index) => norm !== items.initialNorm[index]))
    throw new Error(`at the rate 0 ${items.initialNorm} became ${items.finalNorm}`);
}

/** Kernels and their twins agree as long as steps do not blow up what rounding leaves of a gradient. */
function judgeTwins({ cells: [{ training }] }: TrainingScenario, [compiled, plain]: readonly TrainingSummary[]): void {
  const { user, item } = training.optimisers;
  const isTame = [user, item].every(
    (of) => of.method === 'sgd' && of.learningRate <= 1 && of.momentum === 0 && of.weightDecay.rate === 0,
  );
  const scale = 'radius' in training.initial ? training.initial.radius : training.initial.standardDeviation;
  if (!isTame || scale !== 1 || training.loss.temperature < 1) return;
  const isSame = plain.items.finalNorm.every((norm, index) => isClose(norm, compiled.items.finalNorm[index], 1e-9));
  if (!isSame || compiled.stopped !== plain.stopped)
    throw new Error(`with kernels it ends at ${compiled.items.finalNorm}, without at ${plain.items.finalNorm}`);
  const isTangent = training.loss.name !== 'info-nce-dot';
  const { initialNorm, finalNorm } = plain.items;
  if (
    training.dimension === 1 &&
    isTangent &&
    !finalNorm.every((norm, index) => isClose(norm, initialNorm[index], 1e-9))
  )
    throw new Error(`in one dimension nothing is tangent, and ${initialNorm} became ${finalNorm}`);
}
