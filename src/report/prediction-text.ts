import wrapAnsi from 'wrap-ansi';
import type { ExpectedCorrelation } from '../fidelity/calculator/expected-correlations.ts';
import type { PlannedTraining } from '../fidelity/calculator/planned-training.ts';
import type { Prediction, RatePrediction } from '../fidelity/calculator/prediction.ts';
import type { MeasuredRate, MeasuredThreshold } from '../fidelity/calculator/verification.ts';
import { formatCount, formatParameter, formatShare, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

/** What was measured beside a prediction. */
interface Measured {
  readonly rates: readonly MeasuredRate[];
  readonly threshold: MeasuredThreshold | null;
  readonly holds: boolean;
}

const width = 80;

/** A prediction: thresholds, a line a rate, and for a single rate its norms and what to change. */
export function predictionText(
  planned: PlannedTraining,
  prediction: Prediction,
  measured: Measured | null,
  paint: Paint,
): string {
  const { rates } = prediction;
  const single = rates.length === 1 ? [decileTable(rates[0], paint), adviceLines(rates[0], paint)] : [];
  const hint =
    rates.length === 1 ? [] : [paint.dim('  one --learning-rate alone shows norms by popularity, and what to change')];
  return `${[
    settingLines(planned, prediction),
    thresholdLines(prediction, measured, paint),
    rateTable(rates, measured, paint),
    ...single,
    ...hint,
  ].join('\n\n')}\n`;
}

function settingLines(
  { batchSize, dimension, temperature, initial, epochs, momentum, weightDecay }: PlannedTraining,
  { items, groups }: Prediction,
): string {
  const start =
    'radius' in initial ? `a sphere of radius ${initial.radius}` : `N(0, ${initial.standardDeviation}²) entries`;
  const options = [
    momentum === 0 ? '' : `, momentum ${momentum}`,
    weightDecay.rate === 0 ? '' : `, ${weightDecay.applies} decay ${formatParameter(weightDecay.rate)}`,
  ].join('');
  const about = groups < items ? ` in ${formatCount(groups)} groups of equal or nearly equal popularity` : '';
  return lines([
    ['items', `${formatCount(items)}${about}`],
    [
      'training',
      `${formatCount(epochs)} epochs, B = ${formatCount(batchSize)}, d = ${dimension}, cosine InfoNCE, τ = ${formatParameter(temperature)}, SGD${options}; embeddings start from ${start}`,
    ],
  ]);
}

function thresholdLines({ thresholds }: Prediction, measured: Measured | null, paint: Paint): string {
  const { significant, half, largest, criticalPearson } = thresholds;
  const rateOr = (rate: number | null) =>
    rate === null ? 'at no learning rate' : `from η = ${formatSignificant(rate, 3)} on`;
  const rows: [string, string][] = [
    [
      'bias shows',
      `${rateOr(significant)}: there the expected Pearson correlation of popularity and norm reaches ${formatSignificant(criticalPearson, 3)}, beyond chance at 5 %`,
    ],
    ['above ½', rateOr(half)],
    ['largest', `${formatSignificant(largest.pearson, 3)}, at η = ${formatSignificant(largest.learningRate, 3)}`],
  ];
  if (measured !== null && measured.threshold !== null) {
    const { measured: rate, factor } = measured.threshold;
    const mark = measured.holds ? paint.good('✓') : paint.bad('✗');
    const found =
      rate === null || factor === null
        ? 'no threshold between half and twice that rate'
        : `from η = ${formatSignificant(rate, 3)} on, a factor ${formatSignificant(factor, 3)} off`;
    rows.push(['measured', `${mark} ${found}`]);
  }
  return lines(rows);
}

function rateTable(rates: readonly RatePrediction[], measured: Measured | null, paint: Paint): string {
  const topK = rates[0].ranker.topK;
  const header = ['η', 'bias', 'Pearson', 'Spearman', `top ${topK}`, ...(measured === null ? [] : ['measured'])];
  const rows = rates.map(({ learningRate, shows, pearson, spearman, ranker }, index) => [
    formatParameter(learningRate),
    shows ? paint.bold('shows') : 'hidden',
    expected(pearson),
    expected(spearman),
    formatShare(ranker.dotProduct),
    ...(measured === null ? [] : [estimate(measured.rates[index])]),
  ]);
  const legend = paint.dim(`  [95 % of initialisations]; top ${topK}: expected share of the most popular tenth among the
  first ${topK} of a dot-product ranker, at random directions; by cosine it is ${formatShare(rates[0].ranker.cosine)}${measured === null ? '' : `;\n  measured: Pearson, mean of ${measured.rates[0].trainings} trainings ± standard error`}`);
  return `${textTable([header.map(paint.bold), ...rows])}\n${legend}`;
}

function decileTable({ deciles }: RatePrediction, paint: Paint): string {
  const header = ['tenth of the items', 'interactions', '5 %', 'median ‖q‖', '95 %'];
  const rows = deciles.map(({ decile, popularity, norms }) => [
    decile === 1 ? 'rarest' : decile === 10 ? 'most popular' : String(decile),
    formatSignificant(popularity, 3),
    ...norms.map((norm) => formatSignificant(norm, 3)),
  ]);
  return textTable([header.map(paint.bold), ...rows]);
}

function adviceLines({ shows, remedies, ranker, learningRate }: RatePrediction, paint: Paint): string {
  if (!shows) return '  Nothing to change: what grows with popularity is hidden in the spread of the start.';
  const { learningRate: smaller, largerStart, lazyDecay } = remedies;
  const rows: [string, string][] = [
    [
      'normalise',
      `rank by cosine: the most popular tenth takes ${formatShare(ranker.cosine)} of the top ${ranker.topK} instead of ${formatShare(ranker.dotProduct)}`,
    ],
  ];
  if (smaller !== null)
    rows.push(['smaller rate', `η ≤ ${formatSignificant(smaller, 3)} instead of ${formatParameter(learningRate)}`]);
  if (largerStart !== null)
    rows.push([
      'larger start',
      `${formatSignificant(largerStart, 3)} times as large does the same: only η/(Bτσ²) matters`,
    ]);
  if (lazyDecay !== null)
    rows.push([
      'lazy decay',
      `λ = ${formatSignificant(lazyDecay.rate, 2)} on the rows of the batch: the most popular tenth takes ${formatShare(lazyDecay.dotProduct)} of the top ${ranker.topK}; Pearson ${formatSignificant(lazyDecay.pearson, 2)}`,
    ]);
  return `${paint.bold('  what to change, any of')}\n${lines(rows)}`;
}

function lines(rows: readonly (readonly [string, string])[]): string {
  return rows
    .map(
      ([label, text]) => `  ${label.padEnd(14)}${wrapAnsi(text, width - 16).replaceAll('\n', `\n${' '.repeat(16)}`)}`,
    )
    .join('\n');
}

function expected(correlation: ExpectedCorrelation | null): string {
  if (correlation === null) return '–';
  const [value, low, high] = [correlation.value, correlation.low, correlation.high].map((r) => decimals(r, 2));
  return `${value} [${low}, ${high}]`;
}

function estimate({ pearson: { estimate: value, standardError } }: MeasuredRate): string {
  const error = standardError === null ? '' : ` ± ${formatSignificant(standardError, 1)}`;
  return `${decimals(value, 3)}${error}`;
}

function decimals(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
