import type { MeanResult, RunResult } from '../engine/cell-result.ts';
import { formatEstimate, formatSignificant, formatZScore } from './format-number.ts';

/** A mean as cells of a table: estimate, standard error, exact value, z-score; a dash for what is not known. */
export function meanCells({ mean, standardError, exact, zScore }: MeanResult): string[] {
  return [
    formatEstimate(mean, standardError),
    standardError === null ? '–' : formatSignificant(standardError, 2),
    exact === null ? '–' : formatSignificant(exact, 7),
    zScore === null ? '–' : formatZScore(zScore),
  ];
}

/** The 5 % quantile, the median and the 95 % quantile as cells of a table. */
export function quantileCells({ quantiles }: RunResult): string[] {
  return ['0.05', '0.5', '0.95'].map((name) => (name in quantiles ? formatSignificant(quantiles[name], 4) : '–'));
}
