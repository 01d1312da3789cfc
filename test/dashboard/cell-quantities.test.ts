import { describe, expect, it } from 'vitest';
import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import { cellQuantities, quantityNames } from '../../src/dashboard/cell-quantities.ts';
import { fidelityFacts } from '../../src/dashboard/facts-of-run.ts';
import { coupledResult } from '../../src/dashboard/shown-cell.ts';
import { emptySnapshot, type Merged, type Snapshot } from '../../src/dashboard/snapshot.ts';
import { noCoupledTrainings } from '../../src/fidelity/coupled/run-coupled-trainings.ts';
import {
  type FidelityCell,
  planCoupledTrainings,
  planRecorded,
  runFidelity,
} from '../../src/fidelity/fidelity-cell.ts';
import { quantitiesOfCoupled, quantitiesOfRecorded } from '../../src/fidelity/quantities.ts';
import type { RecordedTraining } from '../../src/fidelity/recorded-training.ts';
import { pearson } from '../../src/statistics/correlation.ts';
import type { TrainingSummary } from '../../src/trainer/training-summary.ts';
import { trainingOf } from '../trainer/training.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from './samples.ts';

const valuesOf = (snapshot: Snapshot, index = 0) =>
  Object.fromEntries(cellQuantities(snapshot, index).map(({ name, value }) => [name, value]));

function fidelitySnapshot(cells: readonly FidelityCell[], merged: Merged | null): Snapshot {
  const snapshot = emptySnapshot(fidelityFacts('study', null, cells, [{ swept: {}, expects: [] }]), 0);
  return { ...snapshot, cells: [{ ...snapshot.cells[0], merged }] };
}

describe('the quantities of a cell', () => {
  it('of coupled pairs are those of its result', async () => {
    for (const snapshot of [await constantSample(), await violatedSample()]) {
      const { norm, order, varianceReduction } = coupledResult(snapshot, 0)!;
      const found = cellQuantities(snapshot, 0);
      expect(found.map(({ value }) => value)).toEqual([
        norm.lower.mean,
        norm.upper.mean,
        norm.difference.mean,
        (100 * norm.difference.mean) / norm.lower.mean,
        order.pairsViolatedAtSomeStep / order.pairs,
        order.pairsViolatedAtEnd / order.pairs,
        order.ties / order.pairs,
        varianceReduction.estimate,
      ]);
      expect(found[2].standardError).toBe(norm.difference.standardError);
    }
  });

  it('of trainings are means over those that are done', async () => {
    const snapshot = await trainingSample({ isDone: true });
    const trainings = snapshot.cells[0].merged as readonly TrainingSummary[];
    expect(trainings).toHaveLength(2);
    const mean = (of: (training: TrainingSummary) => number) => (of(trainings[0]) + of(trainings[1])) / 2;
    const values = valuesOf(snapshot);
    expect(values.loss).toBe(mean(({ records }) => records.at(-1)!.loss));
    expect(values['mean cosine']).toBe(mean(({ records }) => records.at(-1)!.meanCosine));
    const correlation = mean(({ items }) => pearson(items.popularity, items.finalNorm)!.coefficient);
    expect(values['Pearson(popularity, norm)']).toBe(correlation);
    expect(values['tangent share of items']).toBe(1);
  });

  it('of recorded trainings are means of what each of them shows', () => {
    const cells = planRecorded([{ training: trainingOf({ epochs: 4 }), seed: 1, replicates: 2 }], 'auto');
    const run = (first: number) => {
      return runFidelity(cells[0], { cell: 0, block: first, first, replicates: 1 }, new Map()) as RecordedTraining[];
    };
    const trainings = [...run(0), ...run(1)];
    const [a, b] = trainings.map(quantitiesOfRecorded);
    const values = valuesOf(fidelitySnapshot(cells, trainings));
    expect(values.pearson).toBeCloseTo((a.pearson! + b.pearson!) / 2, 12);
    for (const name of Object.keys(a)) expect(values).toHaveProperty([name]);
  });

  it('of coupled trainings are what they show, and none before the first pair', () => {
    const training = trainingOf({ batches: { sampler: 'slots', size: 25 } });
    const coupled = { training, item: 3, popularity: { lower: 0.05, upper: 0.1 }, steps: 20, recordedSteps: [10, 20] };
    const cells = planCoupledTrainings([{ coupled, seed: 1, replicates: 8 }], 'auto');
    const merged = runFidelity(cells[0], { cell: 0, block: 0, first: 0, replicates: 8 }, new Map());
    expect(valuesOf(fidelitySnapshot(cells, merged))).toEqual(quantitiesOfCoupled(merged as never));
    const none = valuesOf(fidelitySnapshot(cells, noCoupledTrainings(0)));
    expect(new Set(Object.values(none))).toEqual(new Set([null]));
  });

  it('have the same names, in the same order, before the first chunk and after it', async () => {
    for (const snapshot of [await sweepSample(), await trainingSample()]) {
      const empty = emptySnapshot(snapshot.facts, 0);
      for (const one of [snapshot, empty]) {
        expect(cellQuantities(one, 0).map(({ name }) => name)).toEqual(quantityNames(snapshot));
      }
      expect(cellQuantities(empty, 0).every(({ value }) => value === null)).toBe(true);
    }
  });

  it('follow the cell as it grows', async () => {
    const [early, late] = [await constantSample(4), await constantSample()];
    expect((early.cells[0].merged as ChunkSummary).norm.count).toBeLessThan(1000);
    expect(valuesOf(early)['E‖q′‖']).not.toBe(valuesOf(late)['E‖q′‖']);
  });
});
