import type { CoupledTrainingsSource } from '../../sources/coupled-trainings-source.ts';
import type { FigureOf } from '../figure.ts';
import { realAndProcess } from './real-and-process.ts';
import { realAndProcessCells } from './real-and-process-cells.ts';
import { realAndProcessOrder } from './real-and-process-order.ts';

/** The figures of a study of coupled trainings, in the order in which a report has them. */
export const coupledTrainingsFigures: readonly FigureOf<CoupledTrainingsSource>[] = [
  realAndProcess,
  realAndProcessOrder,
  realAndProcessCells,
];
