import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { FigureOf } from '../figure.ts';
import { normTrajectories } from './norm-trajectories.ts';

/** The figures of a run of coupled pairs, in the order in which a report has them. */
export const coupledFigures: readonly FigureOf<CoupledSource>[] = [normTrajectories];
