import type { Ordeal } from '../ordeal.ts';
import { edgeUniforms } from './numbers/edge-uniforms.ts';
import { extremePairs } from './numbers/extreme-pairs.ts';
import { extremePredictions } from './numbers/extreme-predictions.ts';
import { extremeStatistics } from './numbers/extreme-statistics.ts';
import { extremeTrainings } from './numbers/extreme-trainings.ts';
import { dieharder } from './streams/dieharder.ts';
import { streamBattery } from './streams/stream-battery.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [
  extremePairs,
  extremeStatistics,
  extremeTrainings,
  extremePredictions,
  edgeUniforms,
  streamBattery,
  dieharder,
];
