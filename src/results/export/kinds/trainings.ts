import { z } from 'zod';
import { sweptSchema } from '../../summary-schema.ts';
import { flattened, numbersOf } from '../flattened.ts';
import type { MadeRow } from '../table.ts';
import { longColumns, numbers, quantityRow, type RunKind, text, withFirst } from './run-kind.ts';

const record = z.looseObject({ epoch: z.number(), step: z.number(), loss: z.number().nullable() });

const training = z.object({
  steps: z.number(),
  epochs: z.number(),
  records: z.array(record),
  stopped: z.looseObject({ step: z.number(), because: z.string(), isFailure: z.boolean() }).nullable(),
});

const cell = z.object({ index: z.number(), swept: sweptSchema, trainings: z.array(training) });

type Cell = z.infer<typeof cell>;
type Training = Cell['trainings'][number];

/** What most people look for, of what a training's last step says. */
export const mainNumbers = [
  'last.loss',
  'last.meanCosine',
  'last.popularity.pearson',
  'last.popularity.spearman',
  ...['item', 'user'].flatMap((side) => [`last.${side}.meanNorm`, `last.${side}.growth`]),
];

/** Runs of trainings: a row a training, with what its last recorded step says. */
export const trainingsKind: RunKind<Cell> = {
  name: 'trainings',
  cell,
  place: numbers('cell', 'training'),
  columns: {
    cells: [...numbers('steps', 'epochs', 'stoppedAtStep'), text('stoppedBecause'), ...numbers('last.loss')],
    long: longColumns,
    trajectory: numbers('epoch', 'step', 'loss'),
  },
  *cells(cell) {
    for (const [place, { steps, epochs, stopped, records }] of placed(cell)) {
      yield {
        place,
        values: {
          steps,
          epochs,
          ...stoppedFields(stopped),
          ...withFirst(mainNumbers, flattened(saidOf(records.at(-1)), 'last.')),
        },
      };
    }
  },
  *long(cell) {
    for (const [place, { records }] of placed(cell)) {
      const numbers = Object.entries(numbersOf(saidOf(records.at(-1)), 'last.'));
      for (const [quantity, estimate] of numbers) yield quantityRow(place, quantity, { estimate });
    }
  },
  *trajectory(cell) {
    for (const [place, { records }] of placed(cell)) {
      for (const record of records) yield { place, values: flattened(saidOf(record)) };
    }
  },
};

/** Why a training ended early, as columns. */
export function stoppedFields(stopped: Training['stopped']): MadeRow['values'] {
  return { stoppedAtStep: stopped?.step ?? null, stoppedBecause: stopped?.because ?? null };
}

function* placed({ index, swept, trainings }: Cell): Generator<[place: MadeRow['place'], training: Training]> {
  for (const [number, training] of trainings.entries()) yield [{ cell: index, training: number, ...swept }, training];
}

/** A record without where each row was. */
function saidOf(record: object | undefined): object {
  const { picture: _picture, ...rest } = (record ?? {}) as { readonly picture?: unknown };
  return rest;
}
