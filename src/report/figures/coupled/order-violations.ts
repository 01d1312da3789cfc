import type { TopLevelSpec } from 'vega-lite';
import type { ReportedCell } from '../../../results/coupled-summary.ts';
import { shareInterval } from '../../../statistics/share-interval.ts';
import { formatCount, formatShare } from '../../format-number.ts';
import { type NameOf, namesOf } from '../../sources/cell-name.ts';
import type { CoupledSource } from '../../sources/coupled-source.ts';
import { extent } from '../axis-scale.ts';
import type { Datum, FigureOf, Series } from '../figure.ts';
import {
  colored,
  dashOf,
  drawnOnly,
  plotFrame,
  readerParams,
  seriesColor,
  seriesShape,
  stepScale,
  zoomParam,
} from '../plot.ts';

/** In how many pairs the more popular run is behind, over the steps. */
export const orderViolations: FigureOf<CoupledSource> = {
  id: 'order-violations',
  about: 'share of the pairs out of order, s″ < s′, at the recorded steps',
  draw({ cells, shown }) {
    const drawn = shown.map(({ cell }) => cell).filter(({ trajectory }) => trajectory.step.length > 1);
    if (drawn.length === 0) return null;
    const nameOf = namesOf(cells);
    const series = colored(drawn.map(nameOf));
    const rows = drawn.flatMap((cell) => rowsOf(cell, nameOf));
    return {
      id: this.id,
      title: 'Pairs out of order',
      caption: captionOf(cells, drawn.length, nameOf),
      rows,
      spec: specOf(series, rows),
      series: series.length < 2 ? [] : series,
      choice: null,
      zoomed: ['step', 'share'],
    };
  },
};

function rowsOf(cell: ReportedCell, nameOf: NameOf) {
  const { index, trajectory, replicates } = cell;
  return trajectory.step.map((step, at) => {
    const violated = trajectory.pairsViolated[at];
    const { share, low, high } = shareInterval(violated, replicates);
    return {
      series: nameOf(cell),
      cell: index,
      step,
      violated,
      pairs: replicates,
      share,
      low,
      high,
    } satisfies Datum;
  });
}

function specOf(series: readonly Series[], rows: ReturnType<typeof rowsOf>): TopLevelSpec {
  const [, highest] = extent(rows.map(({ high }) => high));
  const steps = rows.filter(({ cell }) => cell === rows[0].cell).map(({ step }) => step);
  const x = { field: 'step', type: 'quantitative', title: 'step', scale: stepScale(steps) } as const;
  const isBroken = rows.some(({ violated }) => violated > 0);
  const scale = { domain: [0, isBroken ? highest : 2 * highest], nice: false };
  const axis = { format: highest < 0.05 ? '.2~%' : '.0%' } as const;
  const y = { field: 'share', type: 'quantitative', title: 'pairs with s″ < s′', scale, axis } as const;
  const color = seriesColor(series);
  const shape = seriesShape(series);
  return {
    ...plotFrame,
    // Room for a long legend under the plot.
    height: plotFrame.height + 14 * Math.max(0, series.length - 2),
    params: readerParams(null),
    transform: [drawnOnly(null)],
    layer: [
      {
        // Bands that lie on each other stay lighter than their lines.
        mark: { type: 'area', opacity: Math.min(0.18, 0.5 / series.length), aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        params: [zoomParam],
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding: { x, y, color, strokeDash: dashOf(series) },
      },
      {
        mark: { type: 'point', filled: true, size: 36 },
        encoding: {
          x,
          y,
          color,
          shape,
          tooltip: [
            { field: 'series', title: 'cell' },
            { field: 'step' },
            { field: 'violated', title: 'pairs out of order' },
            { field: 'pairs', title: 'of' },
            { field: 'share', format: '.3~%' },
            { field: 'low', title: '95 % from', format: '.3~%' },
            { field: 'high', title: 'to', format: '.3~%' },
          ],
        },
      },
    ],
  };
}

function captionOf(cells: readonly ReportedCell[], drawn: number, nameOf: NameOf): string {
  const which = drawn === cells.length ? '' : ` ${formatCount(drawn)} of ${formatCount(cells.length)} cells are drawn.`;
  return `Points: shares of the pairs out of order after a step; bands: 95 % intervals.${which} ${violationText(cells, nameOf)}`;
}

function violationText(cells: readonly ReportedCell[], nameOf: NameOf): string {
  const violated = cells.filter(({ order }) => order.pairsViolatedAtSomeStep > 0);
  if (violated.length === 0) return nothingText(cells);
  const worst = violated.toSorted(byShare).at(-1)!;
  const among =
    cells.length === 1
      ? ''
      : `In ${formatCount(violated.length)} of ${formatCount(cells.length)} cells some pair broke the order; most often with ${nameOf(worst)}. There `;
  const { pairs, pairsViolatedAtSomeStep, pairsViolatedAtEnd } = worst.order;
  const atEnd = `at the end in ${shareText(pairsViolatedAtEnd, pairs)}`;
  const atSome = `s″ < s′ at some step in ${shareText(pairsViolatedAtSomeStep, pairs)} of ${formatCount(pairs)} pairs, ${atEnd}`;
  return `${among}${among === '' ? atSome : `it was ${atSome}`}; ${predictionText(worst)}.`;
}

/** What can be said where the order held: how rare a violation must be. */
function nothingText(cells: readonly ReportedCell[]): string {
  // Cells may share their draws, so that their pairs together say no more than those of one.
  const [fewest, most] = extent(cells.map(({ order }) => order.pairs));
  const { high } = shareInterval(0, fewest);
  const pairs = `${fewest === most ? '' : 'at least '}${formatCount(fewest)}${cells.length === 1 ? '' : ' in each cell'}`;
  return `No pair broke the order at any step, of ${pairs}: with 95 % confidence fewer than ${formatShare(high)} do${cells.length === 1 ? '' : ', in each cell by itself'}.`;
}

function predictionText({ order: { newViolations, newViolationsPredicted } }: ReportedCell): string {
  const count = `${formatCount(newViolations)} new violations`;
  if (newViolationsPredicted === null) return `${count}, for which no sharp criterion is known here`;
  return newViolationsPredicted === newViolations
    ? `${count}, each one predicted by the sharp criterion`
    : `${count}, where the sharp criterion predicted ${formatCount(newViolationsPredicted)}`;
}

/** By the share out of order at some step; where all are, by that at the end. */
function byShare({ order: a }: ReportedCell, { order: b }: ReportedCell): number {
  const atSome = a.pairsViolatedAtSomeStep / a.pairs - b.pairsViolatedAtSomeStep / b.pairs;
  return atSome || a.pairsViolatedAtEnd / a.pairs - b.pairsViolatedAtEnd / b.pairs;
}

/** 12.3 % (11.4 … 13.3 %). */
function shareText(count: number, pairs: number): string {
  const { share, low, high } = shareInterval(count, pairs);
  return `${formatShare(share)} (${formatShare(low)} to ${formatShare(high)})`;
}
