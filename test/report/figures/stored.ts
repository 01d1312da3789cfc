import { parse, View } from 'vega';
import {
  type CoupledTrainingCell,
  planCoupledTrainings,
  planRecorded,
  runFidelity,
} from '../../../src/fidelity/fidelity-cell.ts';
import type { RecordedTraining } from '../../../src/fidelity/recorded-training.ts';
import { programVersion } from '../../../src/program-version.ts';
import { compileFigure, drawSvg } from '../../../src/report/figures/draw.ts';
import type { Datum, Figure } from '../../../src/report/figures/figure.ts';
import type { StoredRun } from '../../../src/results/read-run.ts';
import type { AxisValue } from '../../../src/scenarios/sweep/axis.ts';
import { generateInteractions } from '../../../src/trainer/data-sets/generated.ts';
import type { Interactions } from '../../../src/trainer/data-sets/interactions.ts';
import type { TrainingSpecification } from '../../../src/trainer/specification.ts';
import { planTrainings, runTraining, type Tables } from '../../../src/trainer/training-cell.ts';
import { sgd, streamsOf, trainingOf } from '../../trainer/training.ts';

const generated = { users: 120, items: 40, interactions: 1200, zipfExponent: 1, factors: 0 };

/** A cell to run: what was swept to make it, and what a test changes of the training. */
export interface Asked {
  readonly swept?: Readonly<Record<string, AxisValue>> | undefined;
  readonly changes?: Partial<TrainingSpecification>;
}

/** A training of some hundred steps on generated data. */
export function smallTraining(changes: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return trainingOf({
    data: { from: 'generator', ...generated },
    dimension: 8,
    optimisers: { user: sgd(20), item: sgd(20) },
    batches: { sampler: 'epoch-shuffle', size: 32 },
    epochs: 3,
    ...changes,
  });
}

/** Cells that differ in the learning rate of both towers. */
export function rates(...values: readonly number[]): Asked[] {
  return values.map((rate) => ({
    swept: { learningRate: rate },
    changes: { optimisers: { user: sgd(rate), item: sgd(rate) } },
  }));
}

export const tableData: Interactions = generateInteractions(generated, streamsOf(3).batches);
const tables: Tables = new Map([['0'.repeat(64), tableData]]);

/** A finished run of trainings, computed here, as it lies in a folder. */
export function storedTrainings(asked: readonly Asked[], replicates = 1): StoredRun {
  const requests = asked.map(({ changes }) => ({ training: smallTraining(changes), seed: 1, replicates }));
  const plan = planTrainings(requests);
  const cells = plan.map((cell, index) => ({
    index,
    training: cell.training,
    swept: asked[index].swept ?? {},
    trainings: numbers(replicates).flatMap((number) => runTraining(cell, chunkOf(index, number), tables)),
  }));
  return stored({ trainings: plan }, cells);
}

/** A finished study of predictors. */
export function storedPredictors(asked: readonly Asked[], replicates = 1): StoredRun {
  const requests = asked.map(({ changes }) => ({ training: smallTraining(changes), seed: 1, replicates }));
  const plan = planRecorded(requests, 'auto');
  const cells = plan.map((cell, index) => ({
    index,
    training: cell.training,
    swept: asked[index].swept ?? {},
    trainings: numbers(replicates).flatMap((number) => {
      return runFidelity(cell, chunkOf(index, number), tables) as readonly RecordedTraining[];
    }),
  }));
  return stored({ predictors: plan }, cells);
}

/** A finished study of coupled trainings: eight pairs a cell. */
export function storedCoupled(
  popularities: readonly (readonly [lower: number, upper: number])[],
  others: Readonly<Record<string, AxisValue>> = {},
): StoredRun {
  const training = smallTraining({ batches: { sampler: 'slots', size: 16 } });
  const requests = popularities.map(([lower, upper]) => {
    const coupled = { training, item: 3, popularity: { lower, upper }, steps: 40, recordedSteps: [10, 20, 40] };
    return { coupled, seed: 1, replicates: 8 };
  });
  const plan = planCoupledTrainings(requests, 'auto');
  const cells = plan.map((cell: CoupledTrainingCell, index) => {
    const [lower, upper] = popularities[index];
    const swept = { 'popularity.lower': lower, 'popularity.upper': upper, ...others };
    return {
      index,
      coupled: cell.coupled,
      swept,
      result: runFidelity(cell, { ...chunkOf(index, 0), replicates: 8 }, tables),
    };
  });
  return stored({ 'coupled-trainings': plan }, cells);
}

/** A run of these cells, as if it had been read from a folder. */
export function stored(plan: object, cells: readonly object[], more: object = {}): StoredRun {
  const head = { scenario: 's', description: '', id: 'x', seed: 1, version: programVersion() };
  const asJson = (value: object) => JSON.parse(JSON.stringify(value));
  return {
    path: 'results/s',
    manifest: asJson({ plan, provenance: { normGrowth: programVersion() } }),
    status: 'finished',
    summary: asJson({ ...head, cells, failures: [], ...more }),
    async *records() {},
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function chunkOf(cell: number, number: number) {
  return { cell, block: number, first: number, replicates: 1 };
}

/** The rows of a series, of one choice where there are several. */
export function rowsOf({ rows }: Figure, series: string, choice?: string): Datum[] {
  return rows.filter((row) => row.series === series && (choice === undefined || row.choice === choice));
}

/** A figure as a page draws it once its script runs. */
export async function viewOf(figure: Figure, chosen?: string): Promise<View> {
  const view = new View(parse(compileFigure(figure, 'page')), { renderer: 'none' });
  view.data(
    'rows',
    figure.rows.map((row) => ({ ...row })),
  );
  if (chosen !== undefined) view.signal('chosen', chosen);
  return view.runAsync();
}

/** How many marks of a kind (`symbol`, `line` …) an SVG of a figure has in its plot. */
export async function marksIn(figure: Figure, kind: 'symbol' | 'line' | 'rule' | 'area'): Promise<number> {
  const svg = await drawSvg(figure, 'paper');
  const groups = svg.split(`class="mark-${kind} role-mark`).slice(1);
  return groups.reduce(
    (sum, group) => sum + (group.split('<g ')[0].match(/<(?:path|line) (?!class="(?:back|fore)ground")/g)?.length ?? 0),
    0,
  );
}
