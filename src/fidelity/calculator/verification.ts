import { pearson } from '../../statistics/correlation.ts';
import type { Estimate } from '../../statistics/pair-estimates.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';

/** Rates around a threshold, as factors of it. */
export const factorsAround = [0.5, Math.SQRT1_2, 1, Math.SQRT2, 2] as const;

/** What trainings at one rate measured. */
export interface MeasuredRate {
  readonly learningRate: number;
  readonly trainings: number;
  /** Pearson's correlation of popularity and final norm: mean over trainings that start differently. */
  readonly pearson: Estimate;
  /**
   * The same, with each training's correlation at the start taken off: its mean over starts is known to be 0, and most of
   * the chance in the final correlation is the start's.
   */
  readonly controlled: Estimate;
}

/** A threshold that was measured beside the predicted one. */
export interface MeasuredThreshold {
  readonly predicted: number;
  /** Null where the measured correlation does not pass the level between the rates tried. */
  readonly measured: number | null;
  /** The larger over the smaller of both; null where there is none. */
  readonly factor: number | null;
}

export function measuredRate(learningRate: number, trainings: readonly TrainingSummary[]): MeasuredRate {
  const correlations = trainings.map(({ items }) => ({
    end: pearson(items.popularity, items.finalNorm)?.coefficient ?? 0,
    start: pearson(items.popularity, items.initialNorm)?.coefficient ?? 0,
  }));
  return {
    learningRate,
    trainings: trainings.length,
    pearson: meanOf(correlations.map(({ end }) => end)),
    controlled: meanOf(correlations.map(({ end, start }) => end - start)),
  };
}

/** Where the controlled correlation passes a level, between rates that rise, by interpolation in log η. */
export function measuredThreshold(predicted: number, level: number, rates: readonly MeasuredRate[]): MeasuredThreshold {
  const above = rates.findIndex(({ controlled }) => controlled.estimate >= level);
  if (above <= 0) return { predicted, measured: null, factor: null };
  const [low, high] = [rates[above - 1], rates[above]];
  const part = (level - low.controlled.estimate) / (high.controlled.estimate - low.controlled.estimate);
  const measured = low.learningRate * (high.learningRate / low.learningRate) ** part;
  return { predicted, measured, factor: Math.max(measured / predicted, predicted / measured) };
}

function meanOf(values: readonly number[]): Estimate {
  const estimate = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { estimate, standardError: null };
  const squares = values.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
  return { estimate, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}
