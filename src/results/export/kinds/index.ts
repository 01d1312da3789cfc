import { coupledKind } from './coupled.ts';
import { coupledTrainingsKind } from './coupled-trainings.ts';
import { predictorsKind } from './predictors.ts';
import type { RunKind } from './run-kind.ts';
import { trainingsKind } from './trainings.ts';

/** The kinds of runs that tables are made of. */
export const runKinds = [coupledKind, trainingsKind, predictorsKind, coupledTrainingsKind] as readonly RunKind[];
