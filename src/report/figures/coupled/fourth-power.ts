import type { TopLevelSpec } from 'vega-lite';
import { baseGain } from '../../../process/gains/base-gain.ts';
import { growthTable } from '../../../process/growth-table.ts';
import type { PairParameters } from '../../../process/pair-parameters.ts';
import { presenceProbability } from '../../../process/presence.ts';
import { stepIndependentGain } from '../../../process/step-independent-gain.ts';
import { meanSquareEstimate } from '../../../statistics/pair-estimates.ts';
import { formatCount, formatEstimate, formatShare, formatSignificant } from '../../format-number.ts';
import { cellName } from '../../sources/cell-name.ts';
import type { CoupledSource, ShownCell } from '../../sources/coupled-source.ts';
import { cellChoice } from '../cell-choice.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  drawnOnly,
  evenly,
  pairSeries,
  plotFrame,
  readerParams,
  seriesColor,
  seriesScale,
  zoomParam,
} from '../plot.ts';

const runs = [
  { run: 'lower', name: '‖q′‖⁴, the less popular', color: pairSeries[0].color },
  { run: 'upper', name: '‖q″‖⁴, the more popular', color: pairSeries[1].color },
] as const;
const exact: Series = { name: 'S_n², exactly', color: '#7A7A7A' };
const line: Series = { name: 's₀² + 2cn', color: '#7A7A7A' };

/** Of the series, in order: points for what was measured, lines for what is known. */
const shapes = ['circle', 'square', 'stroke', 'stroke'];
const dashes = [
  [1, 0],
  [1, 0],
  [1, 0],
  [6, 3],
];

/** Points of the exact curve. */
const mostPoints = 100;

/** From here on the median of the appearances is near their mean, and medians can be held against S_n². */
const manyAppearances = 10;

/** The fourth power of the norm, which grows linearly with the appearances (claim A5). */
export const fourthPower: FigureOf<CoupledSource> = {
  id: 'fourth-power',
  about: '‖q‖⁴ of both runs against the appearances, with the exact law and the line s₀² + 2cn',
  draw({ cells, shown }) {
    const drawn = shown.filter(({ cell }) => cell.trajectory.step.length > 1);
    if (drawn.length === 0) return null;
    const choice = cellChoice(drawn.map(({ cell }) => cell));
    const hasGrowth = drawn.some(({ cell }) => growthOf(cell.parameters) !== null);
    const series = hasGrowth ? [...runs, exact, line] : runs;
    return {
      id: this.id,
      title: 'The fourth power of the norm against appearances',
      caption: captionOf(drawn, cells.length),
      rows: drawn.flatMap((one) => [...runs.flatMap((series) => rowsOf(one, series)), ...referenceRows(one)]),
      spec: specOf(choice, series),
      series,
      choice,
      zoomed: ['appearances', 'fourth'],
    };
  },
};

/** s₀ and c, where the squared norm is S_n after n appearances. */
function growthOf(pair: PairParameters): { readonly start: number; readonly gain: number } | null {
  const gain = stepIndependentGain(pair);
  const { initialSquaredNorm: start, weightDecay, momentum } = pair;
  const isPlain = weightDecay.rate === 0 && momentum.beta === 0;
  return gain === null || typeof start !== 'number' || !isPlain ? null : { start, gain };
}

function presenceOf({ popularity, batchSize }: PairParameters, run: 'lower' | 'upper'): number {
  return presenceProbability(popularity[run], batchSize);
}

function rowsOf({ cell }: ShownCell, { name, run }: (typeof runs)[number]): Datum[] {
  const { step, [run]: trajectory } = cell.trajectory;
  const presence = presenceOf(cell.parameters, run);
  const fourth = (quantile: string, at: number) => fourthPowerOf(trajectory.quantiles[quantile]?.[at]);
  return step.map((value, at) => ({
    choice: cellName(cell.swept),
    series: name,
    cell: cell.index,
    step: value,
    appearances: presence * value,
    fourth: fourth('0.5', at),
    q05: fourth('0.05', at),
    q95: fourth('0.95', at),
    medianNorm: trajectory.quantiles['0.5']?.[at] ?? null,
  }));
}

function fourthPowerOf(norm: number | undefined): number | null {
  return norm === undefined ? null : norm ** 4;
}

function referenceRows({ cell }: ShownCell): Datum[] {
  const { parameters: pair, index, swept } = cell;
  const growth = growthOf(pair);
  if (growth === null) return [];
  const { start, gain } = growth;
  const longest = Math.ceil(presenceOf(pair, 'upper') * pair.steps);
  const table = growthTable(start, gain, longest);
  const row = ({ name }: Series, appearances: number, fourth: number) => {
    return { choice: cellName(swept), series: name, cell: index, appearances, fourth };
  };
  const reached = evenly(Array.from(table.keys()), mostPoints);
  return [
    ...reached.map((n) => row(exact, n, table[n] ** 2)),
    ...[0, longest].map((n) => row(line, n, start ** 2 + 2 * gain * n)),
  ];
}

function specOf(choice: Choice | null, series: readonly Series[]): TopLevelSpec {
  const x = {
    field: 'appearances',
    type: 'quantitative',
    title: 'expected appearances a·t',
    scale: { nice: false, padding: 8 },
  } as const;
  const y = { field: 'fourth', type: 'quantitative', title: '‖q‖⁴ = s²', scale: { zero: false } } as const;
  const color = seriesColor(series);
  const isRun = { filter: 'isValid(datum.step)' };
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        transform: [isRun],
        mark: { type: 'area', opacity: 0.12, aria: false },
        encoding: { x, y: { ...y, field: 'q05' }, y2: { field: 'q95' }, color },
      },
      {
        transform: [{ filter: '!isValid(datum.step)' }],
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding: { x, y, color, strokeDash: seriesScale(series, dashes) },
      },
      {
        params: [zoomParam],
        transform: [isRun],
        mark: { type: 'point', size: 36, filled: false },
        encoding: {
          x,
          y,
          color,
          shape: seriesScale(series, shapes),
          tooltip: [
            { field: 'series' },
            { field: 'step' },
            { field: 'appearances', title: 'expected appearances', format: '.5~g' },
            { field: 'fourth', title: 'median of ‖q‖⁴', format: '.5~g' },
            { field: 'q05', title: '5 % quantile', format: '.5~g' },
            { field: 'q95', title: '95 % quantile', format: '.5~g' },
          ],
        },
      },
    ],
  };
}

function captionOf(drawn: readonly ShownCell[], count: number): string {
  const [first] = drawn;
  const which =
    drawn.length === count ? '' : ` ${formatCount(drawn.length)} of ${formatCount(count)} cells can be chosen.`;
  const about =
    'Points: medians at the recorded steps, where a·t appearances are expected; bands: the middle nine tenths of the replicates. ';
  return `${about}${referenceText(first)}${slopeText(first, count)}${which}`.trim();
}

function referenceText({ cell }: ShownCell): string {
  const growth = growthOf(cell.parameters);
  if (growth === null) return 'No curve is known beforehand where the gain, the start, decay or momentum varies it. ';
  const { start, gain } = growth;
  const table = growthTable(start, gain, Math.ceil(presenceOf(cell.parameters, 'upper') * cell.parameters.steps) + 1);
  const strays = runs.flatMap(({ run }) => {
    const presence = presenceOf(cell.parameters, run);
    const medians = cell.trajectory[run].quantiles['0.5'] ?? [];
    return cell.trajectory.step.flatMap((step, at) => {
      const appearances = presence * step;
      return appearances < manyAppearances ? [] : Math.abs(medians[at] ** 4 / curveAt(table, appearances) - 1);
    });
  });
  const curve = 'The gain is constant: one curve for both runs, S_n², above the line s₀² + 2cn. ';
  if (strays.length === 0) return curve;
  return `${curve}From ${manyAppearances} expected appearances on the medians of both are within ${formatShare(Math.max(...strays))} of it. `;
}

/** S_n², between the integers on a line. */
function curveAt(table: Float64Array, appearances: number): number {
  const n = Math.floor(appearances);
  const [from, to] = [table[n] ** 2, table[Math.min(n + 1, table.length - 1)] ** 2];
  return from + (appearances - n) * (to - from);
}

/** What E‖q″‖⁴ grew by, beside 2c. */
function slopeText({ cell, summary }: ShownCell, count: number): string {
  const { parameters: pair, swept } = cell;
  const expected = presenceOf(pair, 'upper') * pair.steps;
  const start = pair.initialSquaredNorm;
  if (expected === 0 || typeof start !== 'number') return '';
  const { estimate, standardError } = meanSquareEstimate(summary.squaredNorm, 1);
  const slope = (estimate - start ** 2) / expected;
  const error = standardError === null ? null : standardError / expected;
  const at = count === 1 ? '' : ` (${cellName(swept)})`;
  return (
    `By the end${at} E‖q″‖⁴ has grown by ${formatEstimate(slope, error)}` +
    `${error === null ? '' : ` ± ${formatSignificant(error, 2)}`} an expected appearance${besideText(pair)}.`
  );
}

/** What the growth of an appearance tends to, where the mean gain is c. */
function besideText(pair: PairParameters): string {
  const isRandom = pair.gain.model === 'lognormal' || pair.gain.model === 'pareto';
  const isSteady = stepIndependentGain(pair) !== null || isRandom;
  const isPlain = pair.weightDecay.rate === 0 && pair.momentum.beta === 0;
  return isSteady && isPlain ? `; 2c = ${formatSignificant(2 * baseGain(pair), 4)}` : '';
}
