import type { TopLevelSpec } from 'vega-lite';
import { criticalPearsonOf } from '../../../fidelity/calculator/thresholds.ts';
import { formatCount, formatParameter, formatSignificant } from '../../format-number.ts';
import type { TrainedSource } from '../../sources/trained-source.ts';
import { extent, logScale } from '../axis-scale.ts';
import { drawnSeries } from '../drawn-series.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  colored,
  drawnOnly,
  evenly,
  plotFrame,
  readerParams,
  seriesColor,
  seriesDash,
  seriesShape,
  zoomParam,
} from '../plot.ts';
import { expectedAt, type Measured, type RateSweep, rateSweeps } from './rate-sweeps.ts';

/** Whether popularity shows in the norms: its correlation against the learning rate, measured and expected. */
export const pearsonByRate: FigureOf<TrainedSource> = {
  id: 'pearson-by-rate',
  about: 'Pearson’s correlation of popularity and norm against the learning rate, measured and by the law',
  draw({ cells }) {
    const sweeps = rateSweeps(cells);
    const drawn = evenly(sweeps, mostSweeps);
    if (drawn.length === 0) return null;
    const choice = drawn.length < 2 ? null : { label: 'Trainings', options: drawn.map(({ name }) => name) };
    const rows = drawn.flatMap((sweep) => [...measuredRows(sweep), ...expectedRows(sweep), ...criticalRows(sweep)]);
    const series = drawnSeries(all, rows);
    return {
      id: this.id,
      title: 'Popularity bias by learning rate',
      caption: captionOf(drawn, sweeps.length),
      rows,
      spec: specOf(choice, series),
      series,
      choice,
      zoomed: ['learningRate', 'pearson'],
    };
  },
};

const [after, before, expected, critical] = ['after training', 'before training', 'expected by the law', 'significant'];
const all = colored([after, before, expected, critical]);

/** Sweeps that a reader may choose from, and trainings that are drawn of each. */
const mostSweeps = 8;
const mostTrainings = 500;

function measuredRows({ name, measured }: RateSweep): Datum[] {
  const rowsOf = (series: string, of: 'after' | 'before') =>
    evenly(measured, mostTrainings).flatMap(({ cell, training, learningRate, [of]: correlation }) => {
      if (correlation === null) return [];
      const { coefficient, pValue } = correlation;
      return [{ choice: name, series, cell, training, learningRate, pearson: coefficient, pValue }];
    });
  return [...rowsOf(before, 'before'), ...rowsOf(after, 'after')];
}

/** Points of a curve. */
const curvePoints = 60;

function expectedRows({ name, measured, law }: RateSweep): Datum[] {
  if ('whyNot' in law) return [];
  const { significant, half } = law.thresholds();
  const rates = [...measured.map(({ learningRate }) => learningRate), significant, half];
  const [low, high] = extent(rates.filter((rate) => rate !== null));
  return Array.from({ length: curvePoints }, (_, point) => {
    return (low / 2) * ((4 * high) / low) ** (point / (curvePoints - 1));
  }).flatMap((learningRate) => {
    const of = expectedAt(law, learningRate);
    if (of === null) return [];
    return [{ choice: name, series: expected, learningRate, pearson: of.value, low: of.low, high: of.high }];
  });
}

/** The correlation is tested on both sides. */
function criticalRows({ name, items }: RateSweep): Datum[] {
  return [1, -1].map((sign) => ({ choice: name, series: critical, pearson: sign * criticalPearsonOf(items) }));
}

function specOf(choice: Choice | null, series: readonly Series[]): TopLevelSpec {
  const x = {
    field: 'learningRate',
    type: 'quantitative',
    title: 'learning rate η of the items',
    scale: logScale,
    axis: { format: '~g', grid: false },
  } as const;
  const y = { field: 'pearson', type: 'quantitative', title: 'Pearson’s correlation' } as const;
  const [color, strokeDash] = [seriesColor(series), seriesDash(series, [after, before])];
  const only = (...names: string[]) => [{ filter: { field: 'series', oneOf: names } }];
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        transform: only(critical),
        mark: { type: 'rule', strokeWidth: 1.5, aria: false },
        encoding: { y, color, strokeDash },
      },
      {
        transform: only(expected),
        mark: { type: 'area', opacity: 0.2, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        transform: only(expected),
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { x, y, color, strokeDash },
      },
      {
        params: [zoomParam],
        transform: only(after, before),
        mark: { type: 'point', filled: true, size: 70, opacity: 0.9 },
        encoding: {
          x,
          y,
          color,
          shape: seriesShape(series, [expected, critical]),
          tooltip: ['series', 'learningRate', 'pearson', 'pValue', 'cell', 'training'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: readonly RateSweep[], count: number): string {
  const [sweep] = drawn;
  const { measured, items, law, name } = sweep;
  const squares = drawn.some(({ measured }) => measured.some(({ before }) => before !== null))
    ? '; squares: the same before training'
    : '';
  const curve = 'whyNot' in law ? '' : '; line and band: what the law expects, and where 95 of 100 starts put it';
  const left =
    measured.length <= mostTrainings
      ? ''
      : ` (${formatCount(mostTrainings)} of ${formatCount(measured.length)} are drawn)`;
  const which =
    drawn.length === count ? '' : ` ${formatCount(drawn.length)} of ${formatCount(count)} sweeps can be chosen.`;
  return (
    `Circles: a training each${left}${squares}${curve}. Beyond ` +
    `±${formatSignificant(criticalPearsonOf(items), 3)} (rules) a correlation over ${formatCount(items)} items is significant at 5 %. ` +
    `${drawn.length === 1 ? 'Measured' : `Measured at ${name}`}: ${measuredText(measured)}. ${lawText(sweep)}${which}`
  );
}

/** At the smallest and at the largest rate. */
function measuredText(measured: readonly Measured[]): string {
  const byRate = [...Map.groupBy(measured, ({ learningRate }) => learningRate)].sort(([a], [b]) => a - b);
  const ends = byRate.length === 1 ? byRate : [byRate[0], byRate.at(-1)!];
  const parts = ends.map(([rate, at]) => {
    const mean = at.reduce((sum, { after }) => sum + after.coefficient, 0) / at.length;
    const of = at.length === 1 ? '' : ` (the mean of ${formatCount(at.length)})`;
    return `${formatSignificant(mean, 3)}${of} at η = ${formatParameter(rate)}`;
  });
  return parts.join(', ');
}

function lawText({ measured, law }: RateSweep): string {
  if ('whyNot' in law) return `No curve: ${law.whyNot}.`;
  const misses = [...Map.groupBy(measured, ({ learningRate }) => learningRate)].flatMap(([rate, at]) => {
    const expected = expectedAt(law, rate)?.value;
    return expected === undefined ? [] : at.map(({ after }) => Math.abs(after.coefficient - expected));
  });
  const { significant, largest } = law.thresholds();
  const from = significant === null ? '' : `significance from η = ${rateText(significant)} on and `;
  const miss =
    misses.length === 0 ? '' : `; the measured are at most ${formatSignificant(extent(misses)[1], 2)} away from it`;
  return `The law expects ${from}at most ${formatSignificant(largest.pearson, 3)}, at η = ${rateText(largest.learningRate)}${miss}.`;
}

function rateText(rate: number): string {
  return formatParameter(Number(rate.toPrecision(3)));
}
