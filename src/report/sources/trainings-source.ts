import { z } from 'zod';
import type { StoredRun } from '../../results/read-run.ts';
import { rowNames } from '../../trainer/data-sets/row-names.ts';
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
  return { ...trainedSource(cells), namesOf };
}

/** As many as there are rows: no data is drawn for them, whose size the settings may state as they like. */
function namesOf({ cell, training: { items, records } }: ShownTraining<TrainingSummary>): Names {
  const { popularity } = items;
  const users = records.reduce((most, { user }) => Math.max(most, user.rows), 0);
  return { ...rowNames(cell.training.data.from, users, popularity.length), popularity };
}

const side = z.looseObject({
  rows: z.int().min(1),
  moved: z.number(),
  articleShare: z.number(),
  tangentShare: z.number(),
  cosine: z.object({ median: z.number(), max: z.number() }).nullable(),
  roundingFloor: z.number().nullable(),
  growth: z.number().nullable(),
  meanNorm: z.number(),
});

/** In the plane, x and y in turn. */
const move = z.object({ from: z.array(z.number()), to: z.array(z.number()) });

const record = z
  .looseObject({
    epoch: z.number(),
    step: z.number(),
    loss: z.number(),
    meanCosine: z.number(),
    user: side,
    item: side,
    picture: z.object({ user: move, item: move }).nullable(),
  })
  .refine(
    ({ user, item, picture }) => picture === null || (isOf(user.rows, picture.user) && isOf(item.rows, picture.item)),
    'expected x and y of every row in its picture',
  );

function isOf(rows: number, { from, to }: z.infer<typeof move>): boolean {
  return from.length === 2 * rows && to.length === 2 * rows;
}

/** What reports and texts need of a cell of trainings. */
export const trainingsCell = trainedCellSchema(z.looseObject({ ...measuredSchema.shape, records: z.array(record) }));
