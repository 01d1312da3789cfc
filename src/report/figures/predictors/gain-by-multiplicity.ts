import type { TopLevelSpec } from 'vega-lite';
import { formatCount, formatShare, formatSignificant } from '../../format-number.ts';
import type { PredictorsSource } from '../../sources/predictors-source.ts';
import { axisScale, countAxis, extent, logScale } from '../axis-scale.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import {
  colored,
  drawnOnly,
  plotFrame,
  readerParams,
  seriesColor,
  seriesDash,
  seriesShape,
  zoomParam,
} from '../plot.ts';
import { trainingChoice } from '../training-choice.ts';

/** What an appearance with K copies adds, on average, and what the law says. */
export const gainByMultiplicity: FigureOf<PredictorsSource> = {
  id: 'gain-by-multiplicity',
  about: 'mean gain c of an appearance against the item’s copies K in the batch, and the law c(K)',
  draw({ shown }) {
    const drawn = shown.filter(({ training }) => (training.gains?.byMultiplicity.length ?? 0) > 0);
    const rows = drawn.flatMap(rowsOf);
    const positive = rows.filter(({ gain }) => (gain as number) > 0);
    if (positive.length === 0) return null;
    const choice = trainingChoice(drawn);
    return {
      id: this.id,
      title: 'Gain by multiplicity',
      caption: captionOf(drawn, rows.length - positive.length),
      rows: positive,
      spec: specOf(
        choice,
        axisScale(rows.map(({ multiplicity }) => multiplicity as number)),
        extent(drawn.flatMap(({ training }) => training.gains!.byMultiplicity.map(({ appearances }) => appearances))),
      ),
      series,
      choice,
      zoomed: ['multiplicity', 'gain'],
    };
  },
};

const [measured, byLaw] = ['measured mean', 'the law c(K)'];
const series = colored([measured, byLaw]);

function rowsOf({ name, cell, number, training: { gains, law } }: PredictorsSource['shown'][number]): Datum[] {
  const place = { choice: name, cell: cell.index, training: number };
  return gains!.byMultiplicity.flatMap(({ multiplicity, appearances, meanGain }, index) => [
    { ...place, series: measured, multiplicity, gain: meanGain, appearances },
    { ...place, series: byLaw, multiplicity, gain: law[index] },
  ]);
}

/** @param appearances the fewest and the most, so that the sizes stay as they are where circles are hidden */
function specOf(
  choice: Choice | null,
  scale: ReturnType<typeof axisScale>,
  appearances: [number, number],
): TopLevelSpec {
  const encoding = {
    x: {
      field: 'multiplicity',
      type: 'quantitative',
      title: 'copies K in the batch',
      scale,
      axis: countAxis,
    },
    y: { field: 'gain', type: 'quantitative', title: 'mean gain c', scale: logScale, axis: { format: '~g' } },
    color: seriesColor(series),
  } as const;
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        params: [zoomParam],
        transform: [{ filter: { field: 'series', equal: byLaw } }],
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { ...encoding, strokeDash: seriesDash(series, [measured]) },
      },
      {
        transform: [{ filter: { field: 'series', equal: measured } }],
        mark: { type: 'point', filled: true, opacity: 0.85 },
        encoding: {
          ...encoding,
          shape: seriesShape(series, [byLaw]),
          size: {
            field: 'appearances',
            type: 'quantitative',
            scale: { type: 'log', domain: appearances, range: [15, 300] },
            legend: {
              orient: 'top',
              titleOrient: 'left',
              title: 'appearances',
              tickCount: 4,
              format: '~s',
              symbolFillColor: 'grey',
            },
          },
          tooltip: ['series', 'multiplicity', 'gain', 'appearances'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: PredictorsSource['shown'], left: number): string {
  const [{ name, cell, training }] = drawn;
  const { byMultiplicity, multiplicityExponent } = training.gains!;
  const { loss, optimisers } = cell.training;
  const at = drawn.length === 1 ? '' : ` at ${name}`;
  const exponent = multiplicityExponent === null ? '' : ` Fitted, c ∝ K^${formatSignificant(multiplicityExponent, 3)}.`;
  const often = byMultiplicity.flatMap(({ appearances, meanGain }, index) =>
    // The law is 0 for a whole batch of copies, and in one dimension.
    appearances < enough || training.law[index] <= 0 ? [] : [Math.abs(meanGain / training.law[index] - 1)],
  );
  const error =
    often.length === 0
      ? ''
      : ` Over the ${formatCount(often.length)} of the K with at least ${enough} appearances${at} the measured mean is at most ` +
        `${formatShare(extent(often)[1])} off the law.`;
  const dropped = left === 0 ? '' : ` ${formatCount(left)} that are not above 0 are not drawn.`;
  const { shape } = optimisers.item.schedule;
  const peak = shape === 'constant' ? '' : ` The line is at the rate η itself, and the schedule is ${shape}.`;
  const other =
    loss.name === 'info-nce-cosine' ? '' : ` The law is of the cosine InfoNCE, and the loss is ${loss.name}.`;
  return (
    'Circles: mean gain of the appearances with K copies in a whole batch, larger for more of them; line: c(K) = ' +
    `(η/(Bτ))²(1 − 1/d)K(1 − K/B).${error}${exponent}${dropped}${peak}${other}`
  );
}

/** Appearances from which on a mean gain says something. */
const enough = 100;
