import { z } from 'zod';
import type { JointMoments } from '../../../statistics/joint-moments.ts';
import { differenceEstimate, meanEstimate, varianceReductionEstimate } from '../../../statistics/pair-estimates.ts';
import { sweptSchema } from '../../summary-schema.ts';
import { flattened } from '../flattened.ts';
import type { MadeRow } from '../table.ts';
import { longColumns, numbers, quantityRow, type RunKind, shareOf, text, withFirst } from './run-kind.ts';

const moments: z.ZodType<JointMoments> = z.object({
  count: z.number(),
  mean: z.tuple([z.number(), z.number()]),
  central: z.array(z.number()).length(12),
});

const runs = z.looseObject({
  order: z.looseObject({ pairs: z.number(), pairsViolatedAtSomeStep: z.number(), pairsViolatedAtEnd: z.number() }),
  norms: z.array(moments).min(1),
  violated: z.array(z.number()),
});

/** What tables need of a cell. */
export const coupledTrainingsCell = z.object({
  index: z.number(),
  swept: sweptSchema,
  coupled: z.looseObject({
    popularity: z.object({ lower: z.number(), upper: z.number() }),
    steps: z.number(),
    recordedSteps: z.array(z.number()),
  }),
  result: z.object({ pairs: z.number(), real: runs, processes: z.object({ law: runs, shared: runs, own: runs }) }),
});

type Cell = z.infer<typeof coupledTrainingsCell>;
type Runs = z.infer<typeof runs>;

/** What the real trainings and each process say of the final norms. */
const mainEstimates = ['real', 'law', 'shared', 'own'].flatMap((process) =>
  ['estimate', 'standardError'].map((name) => `${process}.norm.difference.mean.${name}`),
);

const normColumns = ['lower', 'upper', 'difference'].flatMap((run) =>
  numbers(`${run}.estimate`, `${run}.standardError`),
);

/** Studies of coupled trainings: the real ones, and under the same uniforms the process by the law and by recorded gains. */
export const coupledTrainingsKind: RunKind<Cell> = {
  name: 'coupled-trainings',
  cell: coupledTrainingsCell,
  place: numbers('cell'),
  columns: {
    cells: numbers('pairs', ...mainEstimates),
    long: longColumns,
    trajectory: [text('process'), ...numbers('step'), ...normColumns, ...numbers('pairsViolated')],
  },
  *cells(cell) {
    const quantities = Object.fromEntries(
      quantitiesOf(cell).map(([name, { estimate = null, standardError = null }]) => [
        name,
        { estimate, standardError },
      ]),
    );
    const { popularity, steps } = cell.coupled;
    const values = { ...flattened({ popularity, steps }), pairs: cell.result.pairs, ...flattened(quantities) };
    yield { place: placeOf(cell), values: withFirst(['pairs', ...mainEstimates], values) };
  },
  *long(cell) {
    for (const [quantity, known] of quantitiesOf(cell)) yield quantityRow(placeOf(cell), quantity, known);
  },
  *trajectory(cell) {
    for (const [process, { norms, violated }] of processesOf(cell)) {
      for (const [at, step] of cell.coupled.recordedSteps.entries()) {
        yield {
          place: placeOf(cell),
          values: { process, step, ...normFields(norms[at]), pairsViolated: violated[at] },
        };
      }
    }
  },
};

function placeOf({ index, swept }: Cell): MadeRow['place'] {
  return { cell: index, ...swept };
}

function processesOf({ result: { real, processes } }: Cell): [name: string, runs: Runs][] {
  return [['real', real], ...Object.entries(processes)];
}

type Known = Parameters<typeof quantityRow>[2];

function quantitiesOf(cell: Cell): [quantity: string, known: Known][] {
  return processesOf(cell).flatMap(([process, { norms, order }]) => {
    const end = norms.at(-1)!;
    const quantities: [string, Known][] = [
      ['norm.lower.mean', meanEstimate(end, 0)],
      ['norm.upper.mean', meanEstimate(end, 1)],
      ['norm.difference.mean', differenceEstimate(end)],
      ['varianceReduction.norm', varianceReductionEstimate(end) ?? {}],
      ['order.shareViolatedAtSomeStep', shareOf(order.pairsViolatedAtSomeStep, order.pairs)],
      ['order.shareViolatedAtEnd', shareOf(order.pairsViolatedAtEnd, order.pairs)],
    ];
    return quantities.map(([name, known]): [string, Known] => [`${process}.${name}`, known]);
  });
}

function normFields(norms: JointMoments): MadeRow['values'] {
  return flattened({
    lower: meanEstimate(norms, 0),
    upper: meanEstimate(norms, 1),
    difference: differenceEstimate(norms),
  });
}
