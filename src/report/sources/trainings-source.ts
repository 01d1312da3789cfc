import { z } from 'zod';
import type { StoredRun } from '../../results/read-run.ts';
import { ResultsError } from '../../results/results-error.ts';
import { type TrainingCell, trainingData } from '../../trainer/training-cell.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';
import type { Names } from '../figures/moved-rows.ts';
import { summaryCells } from './summary-cells.ts';
import { type ShownTraining, type TrainedCell, type TrainedSource, trainedSource } from './trained-source.ts';
import { measuredSchema, trainedCellSchema } from './training-schema.ts';

/** A finished run of trainings, as figures are made of it. */
export interface TrainingsSource extends TrainedSource<TrainingSummary> {
  /** What the rows of a training are called: without names where they came from a table, which is no longer there. */
  namesOf(shown: ShownTraining<TrainingSummary>): Names;
}

/** @throws {ResultsError} where it is unfinished, of another version or form, or has very many cells */
export async function trainingsSource(run: StoredRun): Promise<TrainingsSource> {
  const cells = summaryCells(run, trainingsCell) as unknown as readonly TrainedCell<TrainingSummary>[];
  const { trainings: planned } = run.manifest.plan as unknown as { readonly trainings: readonly TrainingCell[] };
  const misfit = cells.find(({ index }) => planned[index]?.training === undefined);
  if (misfit !== undefined) {
    throw new ResultsError(`${run.path}/manifest.json: plan — lacks cell ${misfit.index}; it was changed by hand`);
  }
  return {
    ...trainedSource(cells),
    namesOf({ cell, number, training: { items } }) {
      const { popularity } = items;
      if (cell.training.data.from === 'table') return { users: [], items: [], popularity };
      const data = trainingData(planned[cell.index], number, new Map());
      return { users: data.users, items: data.items, popularity };
    },
  };
}

const side = z.looseObject({
  rows: z.number(),
  articleShare: z.number(),
  tangentShare: z.number(),
  cosine: z.object({ median: z.number(), max: z.number() }).nullable(),
  roundingFloor: z.number().nullable(),
});

const move = z.object({ from: z.array(z.number()), to: z.array(z.number()) });

const record = z.looseObject({
  epoch: z.number(),
  step: z.number(),
  loss: z.number(),
  user: side,
  item: side,
  picture: z.object({ user: move, item: move }).nullable(),
});

const trainingsCell = trainedCellSchema(z.looseObject({ ...measuredSchema.shape, records: z.array(record) }));
