import type { TopLevelSpec } from 'vega-lite';
import { ownGainReversal } from '../../../process/own-gain-reversal.ts';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { shareInterval } from '../../../statistics/share-interval.ts';
import { formatParameter, formatShare } from '../../format-number.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import { extent } from '../axis-scale.ts';
import type { Datum, FigureOf, Series } from '../figure.ts';
import {
  drawnOnly,
  numericScale,
  plotFrame,
  readerParams,
  seriesColor,
  seriesScale,
  told,
  zoomParam,
} from '../plot.ts';
import { type NumericAxis, numericAxes, type Slices, slicesBeside } from './swept-axes.ts';

const series = [
  { name: 's″ < s′ at some step', color: '#0072B2', of: ({ order }: ReportedCell) => order.pairsViolatedAtSomeStep },
  { name: 's″ < s′ at the end', color: '#D55E00', of: ({ order }: ReportedCell) => order.pairsViolatedAtEnd },
] as const;
const predicted = { name: 'at the end, by claim A12', color: '#7A7A7A' } as const;

/** How often the order breaks, against what was swept of the gain. */
export const orderByGain: FigureOf<CoupledSource> = {
  id: 'order-by-gain',
  about: 'share of the pairs out of order against the variability of the gain, and what claim A12 predicts',
  draw(source) {
    const axis = numericAxes(source).find(({ path }) => path.startsWith('gain.'));
    if (axis === undefined) return null;
    const slices = slicesBeside([axis], source);
    const measured = source.cells.flatMap((cell) => rowsOf(cell, axis, slices));
    const foretold = source.cells.flatMap((cell) => predictedRows(cell, axis, slices));
    const drawn = foretold.length === 0 ? series : [...series, predicted];
    const rows = [...measured, ...foretold];
    return {
      id: this.id,
      title: `Pairs out of order by ${axis.name}`,
      caption: captionOf(source.cells, axis, foretold.length > 0),
      rows,
      spec: specOf(axis, slices, drawn, rows),
      series: drawn,
      choice: null,
      slice: slices.choice,
      zoomed: ['value', 'share'],
    };
  },
};

function rowsOf(cell: ReportedCell, axis: NumericAxis, slices: Slices): Datum[] {
  return series.map(({ name, of }) => {
    const { share, low, high } = shareInterval(of(cell), cell.order.pairs);
    const place = { slice: slices.nameOf(cell), series: name, cell: cell.index, value: axis.of(cell) };
    return { ...place, violated: of(cell), pairs: cell.order.pairs, share, low, high };
  });
}

function predictedRows(cell: ReportedCell, axis: NumericAxis, slices: Slices): Datum[] {
  const share = predictedShare(cell);
  if (share === null) return [];
  return [{ slice: slices.nameOf(cell), series: predicted.name, cell: cell.index, value: axis.of(cell), share }];
}

function predictedShare({ coupling, parameters }: ReportedCell): number | null {
  return coupling === 'independent' ? null : ownGainReversal(parameters);
}

function specOf(axis: NumericAxis, slices: Slices, drawn: readonly Series[], rows: readonly Datum[]): TopLevelSpec {
  const x = { field: 'value', type: 'quantitative', title: axis.name, scale: numericScale(axis.values) } as const;
  const [, highest] = extent(rows.map(({ high, share }) => Number(high ?? share)));
  const scale = { domain: [0, Math.min(1, 1.05 * highest)], nice: false };
  const format = highest < 0.05 ? '.2~%' : '.0%';
  const y = { field: 'share', type: 'quantitative', title: 'share of the pairs', scale, axis: { format } } as const;
  const color = seriesColor(drawn);
  return {
    ...plotFrame,
    params: readerParams(null, slices.choice),
    transform: [drawnOnly(null, slices.choice), told('low', '.4~%'), told('high', '.4~%'), told('pairs')],
    layer: [
      {
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding: { x, y, color, strokeDash: seriesScale(drawn, dashes) },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        params: [zoomParam],
        mark: { type: 'point', filled: true, size: 50, opacity: 1 },
        encoding: {
          x,
          y,
          color,
          shape: seriesScale(drawn, shapes),
          tooltip: [
            { field: 'series' },
            { field: 'value', title: axis.name },
            { field: 'share', format: '.4~%' },
            { field: 'lowTold', type: 'nominal', title: '95 % from' },
            { field: 'highTold', type: 'nominal', title: 'to' },
            { field: 'pairsTold', type: 'nominal', title: 'pairs' },
          ],
        },
      },
    ],
  };
}

/** Of the series, in order. */
const shapes = ['circle', 'square', 'cross'];
const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
];

function captionOf(cells: readonly ReportedCell[], axis: NumericAxis, hasPrediction: boolean): string {
  const [first, last] = [axis.values[0], axis.values.at(-1)!].map((value) => endText(cells, axis, value));
  const prediction = hasPrediction ? ` ${predictionText(cells)}` : nothingForetold;
  return `Points: shares of the pairs out of order, with 95 % intervals. Out of order, ${first}; ${last}.${prediction}`;
}

const nothingForetold =
  ' Claim A12 foretells nothing here: it speaks of coupled pairs with independent own gains of finite variance, without ' +
  'decay and momentum, from ten appearances on.';

/** Both shares at one end of the axis: their range over the cells there. */
function endText(cells: readonly ReportedCell[], axis: NumericAxis, value: number): string {
  const there = cells.filter((cell) => axis.of(cell) === value);
  const [some, end] = series.map(({ of }) => rangeText(there.map((cell) => of(cell) / cell.order.pairs)));
  return `at ${axis.name} = ${formatParameter(value)} are ${some} at some step and ${end} at the end`;
}

function rangeText(shares: readonly number[]): string {
  const [least, greatest] = extent(shares);
  return least === greatest ? formatShare(least) : `${formatShare(least)} to ${formatShare(greatest)}`;
}

/** How far the measured shares are from the predicted ones. */
function predictionText(cells: readonly ReportedCell[]): string {
  const misses = cells.flatMap((cell) => {
    const share = predictedShare(cell);
    return share === null ? [] : Math.abs(cell.order.pairsViolatedAtEnd / cell.order.pairs - share);
  });
  const where = misses.length === cells.length ? '' : ` in the ${misses.length} of ${cells.length} cells it speaks of`;
  return `Crosses: claim A12, a normal approximation; it is within ${(100 * extent(misses)[1]).toFixed(2)} percentage points of what was measured at the end${where}.`;
}
