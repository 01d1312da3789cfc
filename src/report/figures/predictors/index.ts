import type { PredictorsSource } from '../../sources/predictors-source.ts';
import type { FigureOf } from '../figure.ts';
import { pearsonByRate } from '../trainings/pearson-by-rate.ts';
import { popularityAndNorm } from '../trainings/popularity-and-norm.ts';
import { gainByMultiplicity } from './gain-by-multiplicity.ts';
import { predictorQuality } from './predictor-quality.ts';
import { predictorResiduals } from './predictor-residuals.ts';

/** The figures of a study of predictors, in the order in which a report has them. */
export const predictorsFigures: readonly FigureOf<PredictorsSource>[] = [
  predictorQuality,
  predictorResiduals,
  gainByMultiplicity,
  pearsonByRate,
  popularityAndNorm,
];
