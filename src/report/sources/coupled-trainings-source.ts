import { z } from 'zod';
import { coupledTrainingsCell } from '../../results/export/kinds/coupled-trainings.ts';
import type { StoredRun } from '../../results/read-run.ts';
import type { ReportedCoupledTrainings } from '../fidelity-text.ts';
import { evenly } from '../figures/plot.ts';
import { formatParameter } from '../format-number.ts';
import { cellName } from './cell-name.ts';
import { summaryCells } from './summary-cells.ts';
import { specificationSchema } from './training-schema.ts';

/** A finished study of coupled trainings, as figures are made of it. */
export interface CoupledTrainingsSource {
  /** In the order of the plan; those that failed are not among them. */
  readonly cells: readonly NamedPair[];
  /** The cells that are shown one by one: all of few, else some, evenly spaced over the plan. */
  readonly shown: readonly NamedPair[];
}

/** A cell, by its popularities and by what else was swept. */
export interface NamedPair extends ReportedCoupledTrainings {
  readonly name: string;
}

/** Cells that a figure shows one by one. */
const mostShown = 8;

/** @throws {ResultsError} where it is unfinished, of another version or form, or has very many cells */
export async function coupledTrainingsSource(run: StoredRun): Promise<CoupledTrainingsSource> {
  const reported = summaryCells(run, coupledCell) as unknown as readonly ReportedCoupledTrainings[];
  const cells = reported.map((cell) => ({ ...cell, name: pairName(cell) }));
  return { cells, shown: evenly(cells, mostShown) };
}

function pairName({ swept, coupled: { popularity } }: ReportedCoupledTrainings): string {
  const others = Object.fromEntries(Object.entries(swept).filter(([path]) => !path.startsWith('popularity.')));
  const pair = `p ${formatParameter(popularity.lower)} → ${formatParameter(popularity.upper)}`;
  return Object.keys(others).length === 0 ? pair : `${pair}, ${cellName(others)}`;
}

const { coupled, result } = coupledTrainingsCell.shape;
const divergence = z.array(z.looseObject({ runs: z.number(), sum: z.number() })).min(1);
const { law, shared, own } = result.shape.processes.shape;

/** What a table needs, and what is told of the trainings and of how far the processes are from them. */
export const coupledCell = coupledTrainingsCell
  .extend({
    coupled: coupled.extend({ training: specificationSchema }),
    result: result.extend({
      processes: z.object({
        law: law.extend({ divergence }),
        shared: shared.extend({ divergence }),
        own: own.extend({ divergence }),
      }),
    }),
  })
  .refine(
    ({ coupled: { recordedSteps }, result: { real, processes } }) =>
      [real, ...Object.values(processes)].every(({ norms, violated }) =>
        [norms, violated].every(({ length }) => length === recordedSteps.length),
      ),
    'expected norms and order at each recorded step',
  );
