import { describe, expect, it } from 'vitest';
import { coupledTrainingsSource } from '../../../src/report/sources/coupled-trainings-source.ts';
import { predictorsSource } from '../../../src/report/sources/predictors-source.ts';
import { trainingsSource } from '../../../src/report/sources/trainings-source.ts';
import type { StoredRun } from '../../../src/results/read-run.ts';
import { ResultsError } from '../../../src/results/results-error.ts';
import type { DataSource } from '../../../src/trainer/specification.ts';
import { planTrainings, trainingData } from '../../../src/trainer/training-cell.ts';
import { rates, smallTraining, storedCoupled, storedPredictors, storedTrainings } from '../figures/stored.ts';

const kinds = [
  { kind: 'trainings', run: storedTrainings(rates(20)), open: trainingsSource },
  { kind: 'predictors', run: storedPredictors(rates(20)), open: predictorsSource },
  { kind: 'coupled-trainings', run: storedCoupled([[0.1, 0.2]]), open: coupledTrainingsSource },
];

const withSummary = (run: StoredRun, change: (summary: never) => void): StoredRun => {
  const summary = structuredClone(run.summary);
  change(summary as never);
  return { ...run, summary };
};

describe.each(kinds)('a source of $kind', ({ run, open }) => {
  it('holds the cells as the summary has them', async () => {
    const { cells } = await open(run);
    expect(cells).toMatchObject((run.summary as unknown as { cells: object[] }).cells);
  });

  it('refuses a run that is not finished, and a shard', async () => {
    await expect(open({ ...run, summary: null })).rejects.toThrow('results/s: the run is not finished');
    const shard = withSummary(run, (summary: { shard: object }) => {
      summary.shard = {};
    });
    await expect(open(shard)).rejects.toThrow('is one shard of a run');
  });

  it('refuses another version, another form, and more cells than a page can show', async () => {
    const provenance = { normGrowth: '0.0.1' } as StoredRun['manifest']['provenance'];
    await expect(open({ ...run, manifest: { ...run.manifest, provenance } })).rejects.toThrow(
      'results/s: was computed by norm-growth 0.0.1',
    );
    const broken = withSummary(run, (summary: { cells: { swept: unknown }[] }) => {
      summary.cells[0].swept = 'x';
    });
    await expect(open(broken)).rejects.toThrow(/results\/s: summary\.json cells\.0\.swept — .*changed by hand/);
    const large = withSummary(run, (summary: { cellsFile: object }) => {
      summary.cellsFile = { name: 'cells.ndjson', count: 1e6, sha256: '' };
    });
    await expect(open(large)).rejects.toThrow('has 1000000 cells, and a page can show 2000');
  });
});

it('shows eight of many trainings, evenly spaced, and none that came to no numbers', async () => {
  const many = rates(...Array.from({ length: 15 }, (_, rate) => rate + 1)).map(({ swept, changes }) => {
    return { swept, changes: { ...changes, epochs: 1 } };
  });
  const { shown } = await trainingsSource(storedTrainings(many));
  expect(shown.map(({ name }) => name)).toEqual([1, 3, 5, 7, 9, 11, 13, 15].map((rate) => `learningRate = ${rate}`));
  const failed = withSummary(
    storedTrainings(rates(20, 30)),
    (summary: { cells: { trainings: { stopped: object }[] }[] }) => {
      summary.cells[0].trainings[0].stopped = { step: 1, because: 'x', isFailure: true };
    },
  );
  expect((await trainingsSource(failed)).shown.map(({ name }) => name)).toEqual(['learningRate = 30']);
});

/** Changes what lies at a path of a summary; without a value it is taken away. */
function changed(run: StoredRun, path: string, value?: unknown): StoredRun {
  return withSummary(run, (summary: object) => {
    const steps = path.split('.');
    const last = steps.pop()!;
    const place = steps.reduce((of: object, step) => Reflect.get(of, step), summary);
    if (value === undefined) Reflect.deleteProperty(place, last);
    else Reflect.set(place, last, value);
  });
}

const inThePlane = storedTrainings([{ changes: { dimension: 2 } }]);
const [trainings, predictors, coupled] = kinds;
const record = 'cells.0.trainings.0.records.0';
const first = 'cells.0.trainings.0';

interface Change {
  readonly kind: string;
  readonly run: StoredRun;
  readonly open: (run: StoredRun) => Promise<unknown>;
  readonly path: string;
  readonly value?: unknown;
  /** What the message names; the path itself where it is missing. */
  readonly at?: string;
}

it.each<Change>([
  { ...trainings, run: inThePlane, path: `${record}.user.moved` },
  { ...trainings, run: inThePlane, path: `${record}.item.growth` },
  { ...trainings, run: inThePlane, path: `${record}.item.meanNorm`, value: 'x' },
  { ...trainings, run: inThePlane, path: `${record}.meanCosine` },
  { ...trainings, run: inThePlane, path: `${record}.picture.user.to`, value: [1, 2], at: record },
  { ...trainings, run: inThePlane, path: `${record}.picture.item`, value: { from: [1], to: [1] }, at: record },
  { ...trainings, path: `${first}.items.finalNorm`, value: [1], at: `${first}.items` },
  { ...trainings, path: 'cells.0.training.optimisers.item.momentum', value: null },
  { ...trainings, path: 'cells.0.training.optimisers.item.schedule', value: { shape: 'step' } },
  { ...trainings, path: 'cells.0.training.epochs', value: 1e300 },
  { ...trainings, path: 'cells.0.trainings', value: [] },
  { ...trainings, path: 'description', value: 7 },
  { ...predictors, path: 'description', value: null },
  { ...predictors, path: `${first}.gains.multiplicityExponent` },
  { ...predictors, path: `${first}.gains.byEpoch`, value: [] },
  { ...predictors, path: `${first}.law`, value: [1], at: first },
  { ...predictors, path: `${first}.comparison.predictors.0.needs` },
  { ...predictors, path: `${first}.comparison.predictors.0.pearson`, value: 1 },
  { ...coupled, path: 'description', value: {} },
  { ...coupled, path: 'cells.0.coupled.training' },
  { ...coupled, path: 'cells.0.coupled.recordedSteps', value: [1], at: 'cells.0' },
  { ...coupled, path: 'cells.0.result.processes.law.divergence', value: [] },
])('of $kind refuses $path = $value, and says where', async ({ run, open, path, value, at = path }) => {
  const opened = open(changed(run, path, value));
  await expect(opened).rejects.toThrow(ResultsError);
  await expect(opened).rejects.toThrow(`results/s: summary.json ${at}`);
  await expect(opened).rejects.toThrow('it was changed by hand or made by another version');
});

it.each(['toy', 'generator', 'one-to-one'] as const)('calls rows what the data call them: %s', async (from) => {
  const data = { toy: { from }, generator: smallTraining().data, 'one-to-one': { from, pairs: 30 } }[
    from
  ] as DataSource;
  const { shown, namesOf } = await trainingsSource(storedTrainings([{ changes: { data } }]));
  const { users, items } = trainingData(
    planTrainings([{ training: shown[0].cell.training, seed: 1, replicates: 1 }])[0],
    0,
    new Map(),
  );
  expect(namesOf(shown[0])).toMatchObject({ users, items });
});

it('draws no data for names: settings that ask for very many rows cost nothing', async () => {
  const huge = { from: 'generator', users: 1e15, items: 1e15, interactions: 1e15, zipfExponent: 1, factors: 1e9 };
  const { shown, namesOf } = await trainingsSource(changed(inThePlane, 'cells.0.training.data', huge));
  const { users, items } = namesOf(shown[0]);
  expect([users.length, items.length]).toEqual([120, 40]);
});

it('needs no plan for its names', async () => {
  for (const plan of [{ trainings: null }, { trainings: [] }]) {
    const { shown, namesOf } = await trainingsSource({ ...inThePlane, manifest: { ...inThePlane.manifest, plan } });
    expect(namesOf(shown[0]).users[0]).toBe('u1');
  }
});
