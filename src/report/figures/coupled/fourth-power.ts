import type { TopLevelSpec } from 'vega-lite';
import { baseGain } from '../../../process/gains/base-gain.ts';
import { growthAt, longestGrowth } from '../../../process/growth-table.ts';
import type { PairParameters } from '../../../process/pair-parameters.ts';
import { presenceProbability } from '../../../process/presence.ts';
import { stepIndependentGain } from '../../../process/step-independent-gain.ts';
import { meanSquareEstimate } from '../../../statistics/pair-estimates.ts';
import { formatCount, formatEstimate, formatShare, formatSignificant } from '../../format-number.ts';
import { type NameOf, namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource, ShownCell } from '../../sources/coupled-source.ts';
import { extent } from '../axis-scale.ts';
import { cellChoice } from '../cell-choice.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import { drawnOnly, pairSeries, plotFrame, readerParams, seriesColor, seriesScale, zoomParam } from '../plot.ts';

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
    const nameOf = namesOf(cells);
    const choice = cellChoice(
      drawn.map(({ cell }) => cell),
      nameOf,
    );
    const hasGrowth = drawn.some(({ cell }) => growthOf(cell.parameters) !== null);
    const series = hasGrowth ? [...runs, exact, line] : runs;
    return {
      id: this.id,
      title: 'The fourth power of the norm against appearances',
      caption: captionOf(drawn, cells.length, nameOf),
      rows: drawn.flatMap((one) => [
        ...runs.flatMap((series) => rowsOf(one, series, nameOf)),
        ...referenceRows(one, nameOf),
      ]),
      spec: specOf(choice, series),
      series,
      choice,
      zoomed: ['appearances', 'fourth'],
    };
  },
};

/** The growth by which the squared norm is S_n after n appearances, for the whole training. */
interface Growth {
  readonly start: number;
  readonly gain: number;
  /** Appearances of the more popular run that are expected, rounded up. */
  readonly longest: number;
}

/** Null where the squared norm is not S_n, or the training is too long to follow it. */
function growthOf(pair: PairParameters): Growth | null {
  const gain = stepIndependentGain(pair);
  const { initialSquaredNorm: start, weightDecay, momentum } = pair;
  const isPlain = weightDecay.rate === 0 && momentum.beta === 0;
  const longest = Math.ceil(presenceOf(pair, 'upper') * pair.steps);
  if (gain === null || typeof start !== 'number' || !isPlain || longest > longestGrowth) return null;
  return { start, gain, longest };
}

function presenceOf({ popularity, batchSize }: PairParameters, run: 'lower' | 'upper'): number {
  return presenceProbability(popularity[run], batchSize);
}

function rowsOf({ cell }: ShownCell, { name, run }: (typeof runs)[number], nameOf: NameOf): Datum[] {
  const { step, [run]: trajectory } = cell.trajectory;
  const presence = presenceOf(cell.parameters, run);
  const fourth = (quantile: string, at: number) => fourthPowerOf(trajectory.quantiles[quantile]?.[at]);
  return step.map((value, at) => ({
    choice: nameOf(cell),
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

function referenceRows({ cell }: ShownCell, nameOf: NameOf): Datum[] {
  const growth = growthOf(cell.parameters);
  if (growth === null) return [];
  const { start, gain, longest } = growth;
  const row = ({ name }: Series, appearances: number, fourth: number) => {
    return { choice: nameOf(cell), series: name, cell: cell.index, appearances, fourth };
  };
  const reached = evenlyUpTo(longest, mostPoints);
  const squaredNorms = growthAt(start, gain, reached);
  return [
    ...reached.map((n, at) => row(exact, n, squaredNorms[at] ** 2)),
    ...[0, longest].map((n) => row(line, n, start ** 2 + 2 * gain * n)),
  ];
}

/** 0, the last and integers evenly between them. */
function evenlyUpTo(last: number, most: number): number[] {
  const count = Math.min(last + 1, most);
  return Array.from({ length: count }, (_, index) => (count === 1 ? 0 : Math.round((index * last) / (count - 1))));
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

function captionOf(drawn: readonly ShownCell[], count: number, nameOf: NameOf): string {
  const [first] = drawn;
  const which =
    drawn.length === count ? '' : ` ${formatCount(drawn.length)} of ${formatCount(count)} cells can be chosen.`;
  const about =
    'Points: medians at the recorded steps, where a·t appearances are expected; bands: the middle nine tenths of the replicates. ';
  const of = count === 1 ? '' : `Of ${nameOf(first.cell)}: `;
  const [curve, slope] = [curveText(first), slopeText(first)];
  return `${about}${of}${count === 1 ? curve : curve.replace(/^./, (letter) => letter.toLowerCase())}${slope}${which}`.trim();
}

function curveText({ cell }: ShownCell): string {
  const growth = growthOf(cell.parameters);
  if (growth === null) {
    return (
      'No curve is drawn; it is known for a constant gain and a fixed start without decay and momentum, up to ' +
      `${formatCount(longestGrowth)} appearances. `
    );
  }
  const curve = 'The gain is constant: one curve for both runs, S_n², above the line s₀² + 2cn. ';
  const strays = straysOf(cell, growth);
  if (strays.length === 0) return curve;
  return `${curve}From ${manyAppearances} expected appearances on the medians of both are within ${formatShare(extent(strays)[1])} of it. `;
}

/** By how much the medians are off the curve, where many appearances are expected. */
function straysOf({ parameters, trajectory }: ShownCell['cell'], { start, gain }: Growth): number[] {
  const medians = runs.flatMap(({ run }) => {
    const presence = presenceOf(parameters, run);
    return trajectory.step.flatMap((step, at) => {
      const median = trajectory[run].quantiles['0.5']?.[at];
      const appearances = presence * step;
      return median === undefined || appearances < manyAppearances ? [] : [{ appearances, fourth: median ** 4 }];
    });
  });
  medians.sort((a, b) => a.appearances - b.appearances);
  const below = medians.map(({ appearances }) => Math.floor(appearances));
  const squaredNorms = growthAt(start, gain, below);
  return medians.map(({ appearances, fourth }, at) => {
    const squaredNorm = squaredNorms[at];
    const [from, to] = [squaredNorm ** 2, growthAt(squaredNorm, gain, [1])[0] ** 2];
    // Between the integers on a line.
    const curve = from + (appearances - below[at]) * (to - from);
    return Math.abs(fourth / curve - 1);
  });
}

/** What E‖q″‖⁴ grew by, beside 2c. */
function slopeText({ cell, summary }: ShownCell): string {
  const { parameters: pair } = cell;
  const expected = presenceOf(pair, 'upper') * pair.steps;
  const start = pair.initialSquaredNorm;
  if (expected === 0 || typeof start !== 'number') return '';
  const { estimate, standardError } = meanSquareEstimate(summary.squaredNorm, 1);
  const slope = (estimate - start ** 2) / expected;
  const error = standardError === null ? null : standardError / expected;
  return (
    `By the end E‖q″‖⁴ has grown by ${formatEstimate(slope, error)}` +
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
