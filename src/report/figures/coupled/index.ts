import type { CoupledSource } from '../../sources/coupled-source.ts';
import type { FigureOf } from '../figure.ts';
import { alongField } from './along-field.ts';
import { finalNorms } from './final-norms.ts';
import { fourthPower } from './fourth-power.ts';
import { heatMap } from './heat-map.ts';
import { normTrajectories } from './norm-trajectories.ts';
import { orderByGain } from './order-by-gain.ts';
import { orderPhases } from './order-phases.ts';
import { orderViolations } from './order-violations.ts';
import { varianceReduction } from './variance-reduction.ts';

/** The figures of a run of coupled pairs, in the order in which a report has them. */
export const coupledFigures: readonly FigureOf<CoupledSource>[] = [
  normTrajectories,
  fourthPower,
  finalNorms,
  orderViolations,
  orderByGain,
  alongField,
  heatMap,
  orderPhases,
  varianceReduction,
];
