import type { z } from 'zod';
import { cellSchema } from '../../summary-schema.ts';
import { flattened } from '../flattened.ts';
import type { MadeRow } from '../table.ts';
import { longColumns, numbers, quantityRow, type RunKind, shareOf, text, withFirst } from './run-kind.ts';

type CoupledCell = z.infer<typeof cellSchema>;

/** What most people look for, of the some hundred numbers of a cell. */
const mainEstimates = [
  'replicates',
  ...['difference', 'lower', 'upper'].flatMap((run) =>
    ['mean', 'standardError', 'exact', 'zScore'].map((name) => `norm.${run}.${name}`),
  ),
  'order.pairsViolatedAtSomeStep',
  'order.pairsViolatedAtEnd',
  'varianceReduction.norm.estimate',
];

/** Runs of coupled pairs. */
export const coupledKind: RunKind<CoupledCell> = {
  name: 'coupled',
  cell: cellSchema,
  place: numbers('cell'),
  columns: {
    cells: numbers(...mainEstimates),
    long: longColumns,
    trajectory: [text('runOfPair'), ...numbers('step', 'mean', 'standardError', 'exact', 'pairsViolated')],
  },
  cells,
  long,
  trajectory,
};

function* cells(cell: CoupledCell): Generator<MadeRow> {
  const { index, parameters, items, norm, squaredNorm, order, varianceReduction, swept, trajectory, ...rest } = cell;
  yield {
    place: { cell: index, ...swept },
    values: withFirst(mainEstimates, {
      ...flattened(parameters),
      ...flattened(items ?? {}, 'items.'),
      ...flattened(rest),
      ...flattened(norm, 'norm.'),
      ...flattened(squaredNorm, 'squaredNorm.'),
      ...flattened(order, 'order.'),
      ...flattened(varianceReduction, 'varianceReduction.'),
    }),
  };
}

function* long(cell: CoupledCell): Generator<MadeRow> {
  const { index, swept, order, varianceReduction } = cell;
  const place = { cell: index, ...swept };
  for (const quantity of ['norm', 'squaredNorm'] as const) {
    for (const run of ['lower', 'upper', 'difference'] as const) {
      const { mean, standardError, exact, zScore } = cell[quantity][run];
      yield quantityRow(place, `${quantity}.${run}.mean`, { estimate: mean, standardError, exact, zScore });
    }
    for (const run of ['lower', 'upper'] as const) {
      for (const [name, estimate] of Object.entries(cell[quantity][run].quantiles)) {
        yield quantityRow(place, `${quantity}.${run}.quantiles.${name}`, { estimate });
      }
    }
  }
  yield quantityRow(place, 'order.shareViolatedAtSomeStep', shareOf(order.pairsViolatedAtSomeStep, order.pairs));
  yield quantityRow(place, 'order.shareViolatedAtEnd', shareOf(order.pairsViolatedAtEnd, order.pairs));
  yield quantityRow(place, 'order.shareTied', shareOf(order.ties, order.pairs));
  const { norm, ...ofSquaredNorm } = varianceReduction;
  yield quantityRow(place, 'varianceReduction', ofSquaredNorm);
  yield quantityRow(place, 'varianceReduction.norm', norm);
}

function* trajectory({ index, swept, trajectory }: CoupledCell): Generator<MadeRow> {
  for (const runOfPair of ['lower', 'upper'] as const) {
    const { mean, standardError, exact, quantiles } = trajectory[runOfPair];
    for (const [at, step] of trajectory.step.entries()) {
      const bands = Object.entries(quantiles).map(([name, values]) => [`quantile.${name}`, values[at]]);
      yield {
        place: { cell: index, ...swept },
        values: {
          runOfPair,
          step,
          mean: mean[at],
          standardError: standardError[at],
          exact: exact?.[at] ?? null,
          pairsViolated: trajectory.pairsViolated[at],
          ...Object.fromEntries(bands),
        },
      };
    }
  }
}
