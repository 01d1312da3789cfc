import { z } from 'zod';
import { sweptSchema } from '../../summary-schema.ts';
import { numbersOf } from '../flattened.ts';
import type { MadeRow } from '../table.ts';
import { longColumns, numbers, quantityRow, type RunKind, text, withFirst } from './run-kind.ts';
import { mainNumbers, stoppedFields } from './trainings.ts';

const bootstrapped = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

const predictor = z.looseObject({
  letter: z.string(),
  normR2: bootstrapped,
  growthR2: bootstrapped,
  spearman: bootstrapped,
  growthError: bootstrapped,
  pearson: bootstrapped,
});

const training = z.object({
  steps: z.number(),
  epochs: z.number(),
  stopped: z.looseObject({ step: z.number(), because: z.string(), isFailure: z.boolean() }).nullable(),
  last: z.looseObject({}).nullable(),
  gains: z.looseObject({}).nullable(),
  comparison: z.looseObject({ pearson: bootstrapped, predictors: z.array(predictor) }).nullable(),
});

const cell = z.object({ index: z.number(), swept: sweptSchema, trainings: z.array(training) });

type Cell = z.infer<typeof cell>;
type Training = Cell['trainings'][number];
type Bootstrapped = z.infer<typeof bootstrapped>;

/** How well each predictor tells the norms, and their growth. */
const mainComparisons = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((letter) =>
  ['normR2', 'growthR2', 'spearman'].map((measure) => `predictor.${letter}.${measure}.value`),
);

/** Studies of predictors: a row a training. What the bootstrap bounds has `low` and `high` beside it. */
export const predictorsKind: RunKind<Cell> = {
  name: 'predictors',
  cell,
  place: numbers('cell', 'training'),
  columns: {
    cells: [...numbers('steps', 'epochs', 'stoppedAtStep'), text('stoppedBecause')],
    long: [...longColumns, ...numbers('low', 'high')],
    trajectory: [],
  },
  *cells(cell) {
    for (const [place, training] of placed(cell)) {
      const { steps, epochs, stopped } = training;
      const compared = Object.fromEntries(comparisons(training));
      yield {
        place,
        values: {
          steps,
          epochs,
          ...stoppedFields(stopped),
          ...withFirst([...mainNumbers, ...mainComparisons], { ...plainNumbers(training), ...numbersOf(compared) }),
        },
      };
    }
  },
  *long(cell) {
    for (const [place, training] of placed(cell)) {
      for (const [quantity, estimate] of Object.entries(plainNumbers(training)))
        yield boundedRow(place, quantity, { estimate });
      for (const [quantity, of] of comparisons(training)) {
        if (of !== null) yield boundedRow(place, quantity, { estimate: of.value, low: of.low, high: of.high });
      }
    }
  },
  // What it keeps of a training is the end.
  *trajectory() {},
};

interface Bounded {
  readonly estimate: number;
  readonly low?: number;
  readonly high?: number;
}

function boundedRow(place: MadeRow['place'], quantity: string, { estimate, low, high }: Bounded): MadeRow {
  const row = quantityRow(place, quantity, { estimate });
  return { ...row, values: { ...row.values, low: low ?? null, high: high ?? null } };
}

function plainNumbers({ last, gains }: Training): Record<string, number> {
  return { ...numbersOf(last ?? {}, 'last.'), ...numbersOf(gains ?? {}, 'gains.') };
}

function comparisons({ comparison }: Training): [quantity: string, of: Bootstrapped][] {
  if (comparison === null) return [];
  const measures = ['normR2', 'growthR2', 'spearman', 'growthError', 'pearson'] as const;
  const compared = comparison.predictors.flatMap((of) =>
    measures.map((measure): [string, Bootstrapped] => [`predictor.${of.letter}.${measure}`, of[measure]]),
  );
  return [['pearson', comparison.pearson], ...compared];
}

function* placed({ index, swept, trainings }: Cell): Generator<[place: MadeRow['place'], training: Training]> {
  for (const [number, training] of trainings.entries()) yield [{ cell: index, training: number, ...swept }, training];
}
