import { describe, expect, it } from 'vitest';
import { coupledTrainingsSource } from '../../../src/report/sources/coupled-trainings-source.ts';
import { predictorsSource } from '../../../src/report/sources/predictors-source.ts';
import { trainingsSource } from '../../../src/report/sources/trainings-source.ts';
import type { StoredRun } from '../../../src/results/read-run.ts';
import { rates, storedCoupled, storedPredictors, storedTrainings } from '../figures/stored.ts';

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
    await expect(open(large)).rejects.toThrow('has 1000000 cells, more than a page can show');
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

it('refuses a plan that lacks a cell of the summary', async () => {
  const run = storedTrainings(rates(20));
  const plan = { trainings: [] };
  await expect(trainingsSource({ ...run, manifest: { ...run.manifest, plan } })).rejects.toThrow(
    'results/s/manifest.json: plan — lacks cell 0',
  );
});
