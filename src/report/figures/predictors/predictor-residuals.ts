import type { TopLevelSpec } from 'vega-lite';
import { visibleText } from '../../../scenarios/visible-text.ts';
import { formatCount, formatShare } from '../../format-number.ts';
import type { PredictorsSource } from '../../sources/predictors-source.ts';
import { axisScale, countAxis } from '../axis-scale.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import {
  colored,
  drawnOnly,
  evenly,
  plotFrame,
  readerParams,
  ruleMark,
  seriesColor,
  seriesShape,
  zoomParam,
} from '../plot.ts';

/** By how much each predictor misses each item's final norm. */
export const predictorResiduals: FigureOf<PredictorsSource> = {
  id: 'predictor-residuals',
  about: 'relative error of each item’s predicted final norm against popularity, by predictor',
  draw({ shown }) {
    const drawn = shown.filter(({ training }) => predictorsOf(training).length > 0);
    if (drawn.length === 0) return null;
    const predictors = predictorsOf(drawn[0].training);
    const most = Math.max(1, Math.floor(mostOfAll / predictors.length / drawn.length));
    const rows = drawn.flatMap((training) => rowsOf(training, most));
    if (rows.length === 0) return null;
    const series = colored(drawn.map(({ name }) => name));
    const choice = { label: 'Predictor', options: predictors.map(predictorName) };
    return {
      id: this.id,
      title: 'Residuals of the predictors',
      caption: captionOf(drawn, most),
      rows,
      spec: specOf(series, choice, axisScale(rows.map(({ popularity }) => popularity as number))),
      series,
      choice,
      zoomed: ['popularity', 'residual'],
    };
  },
};

/** Items of all predictors and trainings together, which are all in a page. */
const mostOfAll = 4000;

type Training = PredictorsSource['shown'][number]['training'];
type Compared = NonNullable<Training['comparison']>['predictors'][number];

/** Those that say something; the one that nothing is fitted in comes first. */
function predictorsOf({ comparison, items }: Training): Compared[] {
  const all = (comparison?.predictors ?? []).filter(({ finalNorm }) => finalNorm.length === items.finalNorm.length);
  return [...all.filter(({ needs }) => needs === 'nothing'), ...all.filter(({ needs }) => needs !== 'nothing')];
}

/** What a predictor is called in a figure. */
export function predictorName({ letter, title }: Pick<Compared, 'letter' | 'title'>): string {
  return visibleText(`(${letter}) ${title}`);
}

function rowsOf({ name, cell, number, training }: PredictorsSource['shown'][number], most: number): Datum[] {
  const { popularity, finalNorm } = training.items;
  const order = [...popularity.keys()].sort((a, b) => popularity[a] - popularity[b] || a - b);
  const drawn = evenly(order, most);
  return predictorsOf(training).flatMap((predictor) =>
    drawn.flatMap((item) => {
      const predicted = predictor.finalNorm[item];
      return predicted === null || finalNorm[item] === 0
        ? []
        : [
            {
              choice: predictorName(predictor),
              series: name,
              cell: cell.index,
              training: number,
              item,
              popularity: popularity[item],
              measured: finalNorm[item],
              predicted,
              residual: predicted / finalNorm[item] - 1,
            },
          ];
    }),
  );
}

function specOf(series: readonly Series[], choice: Choice, scale: ReturnType<typeof axisScale>): TopLevelSpec {
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      { mark: { ...ruleMark, aria: false }, encoding: { y: { datum: 0, type: 'quantitative' } } },
      {
        params: [zoomParam],
        mark: { type: 'point', filled: true, size: 30, opacity: 0.6, aria: false },
        encoding: {
          x: {
            field: 'popularity',
            type: 'quantitative',
            title: 'popularity (interactions of the item)',
            scale,
            axis: countAxis,
          },
          y: {
            field: 'residual',
            type: 'quantitative',
            title: 'relative error of ‖q‖',
            axis: { format: '.2~g' },
          },
          color: seriesColor(series),
          shape: seriesShape(series),
          tooltip: ['series', 'item', 'popularity', 'measured', 'predicted', 'residual'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: PredictorsSource['shown'], most: number): string {
  const [{ name, training }] = drawn;
  const { length } = training.items.popularity;
  const items =
    length <= most
      ? `each of ${formatCount(length)} items`
      : `${formatCount(most)} of ${formatCount(length)} items, evenly spaced over popularity`;
  const at = drawn.length === 1 ? '' : `, ${name},`;
  const errors = predictorsOf(training).flatMap((predictor) => {
    const error = medianError(predictor, training);
    return error === null ? [] : `(${predictor.letter}) ${formatShare(error)}`;
  });
  const median =
    errors.length === 0
      ? ''
      : ` The median of the size of the relative error over all items${at} is ${errors.join(', ')}.`;
  return `Marks: ${items}; above the line a predictor expects too long a norm.${median}`;
}

/** Null where it predicted no norm. */
function medianError({ finalNorm }: Compared, { items }: Training): number | null {
  const errors = finalNorm.flatMap((predicted, item) => {
    const measured = items.finalNorm[item];
    return predicted === null || measured === 0 ? [] : [Math.abs(predicted / measured - 1)];
  });
  return errors.sort((a, b) => a - b)[errors.length >> 1] ?? null;
}
