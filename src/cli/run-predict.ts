import { availableParallelism } from 'node:os';
import { trainingFacts } from '../dashboard/facts-of-run.ts';
import { expectNoFailure } from '../engine/engine-event.ts';
import { runCells } from '../engine/run-plan.ts';
import { isStable } from '../fidelity/calculator/growth-law.ts';
import { interactionsOf, zipfPopularity } from '../fidelity/calculator/law-interactions.ts';
import type { PlannedTraining } from '../fidelity/calculator/planned-training.ts';
import { type Prediction, predict } from '../fidelity/calculator/prediction.ts';
import {
  factorsAround,
  type MeasuredRate,
  type MeasuredThreshold,
  measuredRate,
  measuredThreshold,
} from '../fidelity/calculator/verification.ts';
import { replicateStreams } from '../random/streams.ts';
import { paintFor } from '../report/paint.ts';
import { predictionText } from '../report/prediction-text.ts';
import { DataError } from '../scenarios/data-error.ts';
import { readInteractions } from '../scenarios/read-interactions.ts';
import { fileFault } from '../scenarios/tables/regular-file.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { type Interactions, popularities } from '../trainer/data-sets/interactions.ts';
import type { TowerOptimiser, TrainingSpecification } from '../trainer/specification.ts';
import { planTrainings, trainingKind } from '../trainer/training-cell.ts';
import { trainingExecutor } from '../trainer/training-executor.ts';
import { abortOnSignals } from './interruption.ts';
import { openWatch } from './open-watch.ts';
import { ownRun } from './run-watch.ts';

/** The command line of `predict`. */
export interface PredictFlags {
  readonly data?: string;
  readonly skipBadRows: boolean;
  readonly popularity?: { readonly exponent: number; readonly items: number };
  readonly interactions: number;
  readonly learningRate: readonly number[];
  readonly batchSize: number;
  readonly dimension: number;
  readonly temperature: number;
  readonly initStd?: number;
  readonly initRadius?: number;
  readonly epochs: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly decay: 'dense' | 'lazy';
  readonly optimizer: 'sgd' | 'adam' | 'adamw';
  readonly topK: number;
  readonly verify: boolean;
  readonly trainings: number;
  readonly seed: number;
  readonly workers?: number;
  readonly quiet: boolean;
  readonly format: 'text' | 'json';
}

/** What `--verify` measured. */
interface Verification {
  readonly rates: readonly MeasuredRate[];
  /** Of significance; null where none was predicted. */
  readonly threshold: MeasuredThreshold | null;
  /** Whether the threshold is as predicted, within a factor 1.5; or none was predicted. */
  readonly holds: boolean;
}

/** A measured threshold farther from the predicted one than this factor is not as predicted. */
const tolerance = 1.5;

/** Predicts, verifies where asked to, and prints. */
export async function runPredict(flags: PredictFlags): Promise<'done' | 'not as predicted' | 'interrupted'> {
  requireKnownLaw(flags);
  requireStableDecay(flags);
  const notify = (notice: string) => {
    if (!flags.quiet) process.stderr.write(`${notice}\n`);
  };
  const table = flags.data === undefined ? null : await tableOf(flags.data, flags.skipBadRows, notify);
  const popularity = table === null ? lawOf(flags) : popularities(table);
  const planned = plannedOf(flags, popularity);
  requireRanker(flags, popularity.length);
  const prediction = predict(planned, flags.learningRate, flags.topK);
  const verification = flags.verify ? await verify(flags, planned, prediction, table, notify) : null;
  if (verification === 'interrupted') return 'interrupted';
  if (flags.format === 'json') {
    const { popularity: _, ...setting } = planned;
    process.stdout.write(`${JSON.stringify({ setting, ...prediction, verification }, null, 2)}\n`);
  } else process.stdout.write(predictionText(planned, prediction, verification, paintFor(process.stdout)));
  return verification === null || verification.holds ? 'done' : 'not as predicted';
}

function requireKnownLaw({ optimizer, weightDecay, decay, momentum }: PredictFlags): void {
  if (optimizer !== 'sgd') {
    throw new DataError(
      `--optimizer — expected sgd, got ${optimizer}: no law of the growth is known for it; train it with a scenario of kind train`,
    );
  }
  if (weightDecay > 0 && decay === 'lazy' && momentum > 0) {
    throw new DataError('--decay — expected dense beside --momentum, got lazy: no law is known for both');
  }
}

function requireStableDecay({ learningRate, weightDecay }: PredictFlags): void {
  const highest = Math.max(...learningRate);
  if (isStable({ learningRate: highest, weightDecay: { rate: weightDecay, applies: 'dense' } })) return;
  const most = `below ${2 / highest} at the rate ${highest}`;
  throw new DataError(
    `--weight-decay — expected ${most}, got ${weightDecay}: a step would throw embeddings beyond the origin`,
  );
}

function requireRanker({ topK }: PredictFlags, items: number): void {
  if (topK < items / 2) return;
  throw new DataError(`--top-k — expected less than half of the ${items} items, got ${topK}`);
}

async function tableOf(file: string, skipBadRows: boolean, notify: (notice: string) => void): Promise<Interactions> {
  const fault = await fileFault(file);
  if (fault !== undefined)
    throw new DataError(`--data ${visiblePath(file)} — expected a user–item table, got ${fault}`);
  const { interactions, notice } = await readInteractions(file, { skipBadRows });
  notify(notice);
  if (interactions.items.length >= 4) return interactions;
  throw new DataError(`--data ${visiblePath(file)} — expected at least 4 items, got ${interactions.items.length}`);
}

function lawOf({ popularity, interactions }: PredictFlags): number[] {
  if (popularity !== undefined) return zipfPopularity(popularity.exponent, popularity.items, interactions);
  throw new DataError('expected --data FILE or --popularity zipf:EXPONENT:ITEMS, got neither');
}

function plannedOf(flags: PredictFlags, popularity: readonly number[]): PlannedTraining {
  const { learningRate, batchSize, dimension, temperature, initStd = 1, initRadius, epochs, momentum } = flags;
  return {
    popularity,
    learningRate: learningRate[0],
    batchSize,
    dimension,
    temperature,
    initial: initRadius === undefined ? { standardDeviation: initStd } : { radius: initRadius },
    epochs,
    momentum,
    weightDecay: { rate: flags.weightDecay, applies: flags.decay },
  };
}

/** Trains at the rates asked for, and at rates around the predicted threshold. */
async function verify(
  flags: PredictFlags,
  planned: PlannedTraining,
  { thresholds }: Prediction,
  table: Interactions | null,
  notify: (notice: string) => void,
): Promise<Verification | 'interrupted'> {
  const drawn = () => interactionsOf(planned.popularity, replicateStreams(flags.seed, 'predict', 'sfc32')(0)('data'));
  const data = table ?? drawn();
  const around = thresholds.significant === null ? [] : factorsAround.map((factor) => factor * thresholds.significant!);
  const rates = [...new Set([...flags.learningRate, ...around])];
  const cells = planTrainings(
    rates.map((rate) => ({
      training: specificationOf(planned, rate),
      seed: flags.seed,
      replicates: flags.trainings,
    })),
  );
  const executor = trainingExecutor(flags.workers ?? availableParallelism(), new Map([['predict', data]]));
  const interruption = abortOnSignals(() => notify('stopping: nothing is kept of a verification'));
  const texts = rates.map((rate) => ({ swept: { learningRate: rate }, expects: [] }));
  const watched = {
    cells: cells.length,
    facts: trainingFacts('predict', null, cells, texts),
    loadJudge: async () => () => [],
    notices: [],
    control: ownRun,
  };
  const watch = await openWatch(watched, { isLive: false, quiet: flags.quiet, fps: 1 });
  const measured: MeasuredRate[] = [];
  try {
    for await (const event of runCells(cells, trainingKind, { executor, signal: interruption.signal })) {
      watch.see(event);
      expectNoFailure(event);
      if (event.type === 'cell') measured[event.cell.index] = measuredRate(rates[event.cell.index], event.summary);
    }
  } finally {
    watch.close();
    interruption.stopListening();
    await executor.close();
  }
  if (rates.some((_, index) => measured[index] === undefined)) return 'interrupted';
  const ofRate = (rate: number) => measured[rates.indexOf(rate)];
  const threshold =
    thresholds.significant === null
      ? null
      : measuredThreshold(thresholds.significant, thresholds.criticalPearson, around.map(ofRate));
  const holds = threshold === null || (threshold.factor !== null && threshold.factor <= tolerance);
  return { rates: flags.learningRate.map(ofRate), threshold, holds };
}

function specificationOf(planned: PlannedTraining, learningRate: number): TrainingSpecification {
  const { dimension, temperature, initial, batchSize, epochs, momentum, weightDecay } = planned;
  const optimiser: TowerOptimiser = {
    method: 'sgd',
    momentum,
    weightDecay,
    learningRate,
    schedule: { shape: 'constant' },
  };
  return {
    data: { from: 'table', sha256: 'predict' },
    dimension,
    precision: 'double',
    tower: { kind: 'embedding' },
    loss: { name: 'info-nce-cosine', temperature },
    initial,
    optimisers: { user: optimiser, item: optimiser },
    batches: { sampler: 'epoch-shuffle', size: batchSize },
    epochs,
    untilMeanCosine: null,
  };
}
