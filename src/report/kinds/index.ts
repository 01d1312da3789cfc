import { coupledFigures } from '../figures/coupled/index.ts';
import { coupledSource } from '../sources/coupled-source.ts';
import { type RunFigures, runFigures } from './run-figures.ts';

/** The kinds of runs that reports are made of. */
export const reportKinds: readonly RunFigures[] = [runFigures('coupled', coupledSource, coupledFigures)];
