import type { TrainingsSource } from '../../sources/trainings-source.ts';
import type { FigureOf } from '../figure.ts';
import { displacement } from './displacement.ts';
import { pearsonByRate } from './pearson-by-rate.ts';
import { popularityAndNorm } from './popularity-and-norm.ts';
import { trainingAngles } from './training-angles.ts';
import { trainingCourse } from './training-course.ts';

/** The figures of a run of trainings, in the order in which a report has them. */
export const trainingsFigures: readonly FigureOf<TrainingsSource>[] = [
  pearsonByRate,
  popularityAndNorm,
  displacement,
  trainingCourse,
  trainingAngles,
];
