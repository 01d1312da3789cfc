import { coupledFigures } from '../figures/coupled/index.ts';
import { coupledTrainingsFigures } from '../figures/coupled-trainings/index.ts';
import { predictorsFigures } from '../figures/predictors/index.ts';
import { trainingsFigures } from '../figures/trainings/index.ts';
import { coupledSource } from '../sources/coupled-source.ts';
import { coupledTrainingsSource } from '../sources/coupled-trainings-source.ts';
import { predictorsSource } from '../sources/predictors-source.ts';
import { trainingsSource } from '../sources/trainings-source.ts';
import { type RunFigures, runFigures } from './run-figures.ts';

/** The kinds of runs that reports are made of. */
export const reportKinds: readonly RunFigures[] = [
  runFigures('coupled', coupledSource, coupledFigures),
  runFigures('trainings', trainingsSource, trainingsFigures),
  runFigures('predictors', predictorsSource, predictorsFigures),
  runFigures('coupled-trainings', coupledTrainingsSource, coupledTrainingsFigures),
];
