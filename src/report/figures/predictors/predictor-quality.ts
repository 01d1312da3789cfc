import type { TopLevelSpec } from 'vega-lite';
import { formatSignificant } from '../../format-number.ts';
import type { PredictorsSource } from '../../sources/predictors-source.ts';
import { chosenTitle } from '../chosen-title.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import { colored, drawnOnly, plotFrame, readerParams, seriesColor, seriesShape } from '../plot.ts';
import { predictorName } from './predictor-residuals.ts';

/** How close each predictor came, over the items. */
export const predictorQuality: FigureOf<PredictorsSource> = {
  id: 'predictor-quality',
  about: 'R² and median error of each predictor, with bootstrap intervals',
  draw({ shown }) {
    const drawn = shown.filter(({ training }) => training.comparison !== null);
    const rows = measures.flatMap((measure) => drawn.flatMap((training) => rowsOf(training, measure)));
    if (rows.length === 0) return null;
    const series = colored(drawn.map(({ name }) => name));
    const choice = { label: 'Measure', options: measures.map(({ name }) => name) };
    return {
      id: this.id,
      title: 'Quality of the predictors',
      caption: captionOf(drawn),
      rows,
      spec: specOf(series, choice),
      series,
      choice,
      zoomed: [],
    };
  },
};

type Compared = NonNullable<PredictorsSource['shown'][number]['training']['comparison']>['predictors'][number];

const measures: readonly { readonly name: string; readonly of: (compared: Compared) => Compared['normR2'] }[] = [
  { name: 'R² of the growth s_T − s₀', of: ({ growthR2 }) => growthR2 },
  { name: 'R² of the final norm', of: ({ normR2 }) => normR2 },
  { name: 'median relative error of the growth', of: ({ growthError }) => growthError },
];

function rowsOf(
  { name, cell, number, training }: PredictorsSource['shown'][number],
  measure: (typeof measures)[number],
): Datum[] {
  return training.comparison!.predictors.flatMap((compared) => {
    const of = measure.of(compared);
    if (of === null) return [];
    const { value, low, high } = of;
    const place = { choice: measure.name, series: name, cell: cell.index, training: number };
    return [{ ...place, predictor: predictorName(compared), value, low, high }];
  });
}

function specOf(series: readonly Series[], choice: Choice): TopLevelSpec {
  const y = {
    field: 'predictor',
    type: 'nominal',
    title: null,
    axis: { labelLimit: 300, grid: true },
    scale: { paddingInner: 0.3 },
  } as const;
  const x = {
    type: 'quantitative',
    title: chosenTitle,
    scale: { zero: false },
    axis: { format: '.4~g' },
  } as const;
  const yOffset = { field: 'series', type: 'nominal', scale: { domain: series.map(({ name }) => name) } } as const;
  const color = seriesColor(series);
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, aria: false },
        encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: {
          y,
          yOffset,
          x: { ...x, field: 'value' },
          color,
          shape: seriesShape(series),
          tooltip: ['series', 'predictor', 'value', 'low', 'high'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: PredictorsSource['shown']): string {
  const [{ name, training }] = drawn;
  const at = drawn.length === 1 ? '' : ` at ${name}`;
  const texts = training.comparison!.predictors.flatMap(({ letter, growthR2, growthError }) =>
    growthR2 === null || growthError === null
      ? []
      : [`(${letter}) ${formatSignificant(growthR2.value, 4)} and ${formatSignificant(100 * growthError.value, 2)} %`],
  );
  const growth = texts.length === 0 ? '' : ` R² of the growth and its median error${at}: ${texts.join(', ')}.`;
  return (
    'Marks: the value over all items; bars: the middle 95 % of bootstrap resamples of the items.' +
    `${growth} (a) has seen the first epoch, (b) to (e) the whole training, (f) nothing of it.`
  );
}
