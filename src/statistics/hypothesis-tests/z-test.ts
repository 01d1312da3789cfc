import { standardNormalSurvival } from '../../maths/normal.ts';
import { standardNormalQuantile } from '../../maths/normal-quantile.ts';

/** The probability with which an effect called detectable is found. */
const power = 0.99;

/** p-value of 'the mean is at least this one', from the z-score: small where the estimate is far below. */
export function atLeastPValue(zScore: number): number {
  return standardNormalSurvival(-zScore);
}

/** The shift of a mean that a two-sided z-test at this alpha finds with probability 0.99. */
export function detectableShift(standardError: number, alpha: number): number {
  return standardError * (standardNormalQuantile(power) - standardNormalQuantile(alpha / 2));
}

/** Draws with which a two-sided z-test at this alpha finds a shift of the mean with probability 0.99. */
export function drawsToDetect(shift: number, standardDeviation: number, alpha: number): number {
  return Math.ceil((detectableShift(standardDeviation, alpha) / shift) ** 2);
}
