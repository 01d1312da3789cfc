import { replicateStreams } from '../random/streams.ts';
import { ranks } from '../statistics/correlation.ts';
import type { Predictor } from './predictors/predictor.ts';
import type { Recording } from './recording/recording.ts';
import { weightedMedian, weightedPearson, weightedR2 } from './weighted.ts';

/** A statistic over the items, and the middle 95 % of it over bootstrap resamples of the items. */
interface Bootstrapped {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How close a predictor came. Numbers are null where nothing varies. */
interface Comparison {
  readonly letter: Predictor['letter'];
  readonly title: string;
  readonly needs: Predictor['needs'];
  /** R² of the final norms, and of the growth s_T − s₀. */
  readonly normR2: Bootstrapped | null;
  readonly growthR2: Bootstrapped | null;
  /** Spearman's correlation of the predicted and the measured final norm. */
  readonly spearman: Bootstrapped | null;
  /** Median of |predicted − measured|/measured growth over the items that grew. */
  readonly growthError: Bootstrapped | null;
  /** The largest |predicted − measured|/measured of all s_T; null where a prediction is no number. */
  readonly largestError: number | null;
  /** Pearson's correlation of popularity and predicted final norm. */
  readonly pearson: Bootstrapped | null;
  /** The predicted ‖q‖ of each item after the training; null where it is no number. */
  readonly finalNorm: readonly (number | null)[];
}

/** All predictors against one recorded training. */
export interface ComparisonTable {
  readonly items: number;
  /** Pearson's correlation of popularity and measured final norm. */
  readonly pearson: Bootstrapped | null;
  readonly predictors: readonly Comparison[];
}

const resamples = 200;

/** Holds each predictor against the recorded training. The same bytes for the same recording. */
export function comparePredictors(predictors: readonly Predictor[], recording: Recording): ComparisonTable {
  const { initial, final, popularity } = recording;
  const measured = final.map(Math.sqrt);
  const bootstrap = bootstrapOf(final.length);
  return {
    items: final.length,
    pearson: bootstrap((weights) => weightedPearson(popularity, measured, weights)),
    predictors: predictors.map((predictor): Comparison => {
      const { letter, title, needs } = predictor;
      const predicted = predictor.predict(recording);
      const norms = predicted.map(Math.sqrt);
      const growth = { predicted: differences(predicted, initial), measured: differences(final, initial) };
      const [ranksPredicted, ranksMeasured] = [ranks(norms), ranks(measured)];
      const errors = growth.predicted.map((value, item) => Math.abs(value / growth.measured[item] - 1));
      const grown = [...errors.keys()].filter((item) => growth.measured[item] > 0);
      const increasing = grown.sort((a, b) => errors[a] - errors[b]);
      return {
        letter,
        title,
        needs,
        normR2: bootstrap((weights) => weightedR2(norms, measured, weights)),
        growthR2: bootstrap((weights) => weightedR2(growth.predicted, growth.measured, weights)),
        spearman: bootstrap((weights) => weightedPearson(ranksPredicted, ranksMeasured, weights)),
        growthError: bootstrap((weights) => weightedMedian(errors, increasing, weights)),
        largestError: largestOf(predicted.map((value, item) => Math.abs(value / final[item] - 1))),
        pearson: bootstrap((weights) => weightedPearson(popularity, norms, weights)),
        finalNorm: norms.map((norm) => (Number.isFinite(norm) ? norm : null)),
      };
    }),
  };
}

type Statistic = (weights: ArrayLike<number>) => number;

/** Evaluates statistics of the items on the sample and on resamples, the same ones for every statistic. */
function bootstrapOf(items: number): (statistic: Statistic) => Bootstrapped | null {
  const streams = replicateStreams(1, 'predictors', 'sfc32');
  const drawn = Array.from({ length: resamples }, (_, resample) => {
    const uniform = streams(resample)('bootstrap');
    const weights = new Uint32Array(items);
    for (let draw = 0; draw < items; draw++) weights[Math.floor(uniform() * items)] += 1;
    return weights;
  });
  const once = new Uint32Array(items).fill(1);
  return (statistic) => {
    const value = statistic(once);
    if (!Number.isFinite(value)) return null;
    // A resample of very few items may hold nothing that varies.
    const values = drawn
      .map(statistic)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? value;
    return { value, low: at(0.025), high: at(0.975) };
  };
}

function largestOf(errors: readonly number[]): number | null {
  const largest = errors.reduce((most, error) => Math.max(most, error), 0);
  return Number.isFinite(largest) ? largest : null;
}

function differences(xs: readonly number[], ys: readonly number[]): number[] {
  return xs.map((x, index) => x - ys[index]);
}
