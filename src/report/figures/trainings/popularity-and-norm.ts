import type { TopLevelSpec } from 'vega-lite';
import { lawOfTraining } from '../../../fidelity/calculator/law-of-training.ts';
import { type Correlation, pearson, spearman } from '../../../statistics/correlation.ts';
import { formatCount, formatSignificant } from '../../format-number.ts';
import type { ShownTraining, TrainedSource } from '../../sources/trained-source.ts';
import { axisScale, countAxis } from '../axis-scale.ts';
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
import { trainingChoice } from '../training-choice.ts';

/** Every item's popularity and norm, before training and after it. */
export const popularityAndNorm: FigureOf<TrainedSource> = {
  id: 'popularity-and-norm',
  about: 'the items: popularity against norm, before and after, and the law’s expectation',
  draw({ shown }) {
    if (!shown.some(({ training }) => isVaried(training.items.popularity))) return null;
    const most = Math.min(mostItems, Math.floor(mostOfAll / shown.length));
    const rows = shown.flatMap((training) => [...itemRows(training, most), ...expectedRows(training)]);
    const series = drawnSeries(all, rows);
    const choice = trainingChoice(shown);
    const popularity = shown.flatMap(({ training }) => training.items.popularity);
    return {
      id: this.id,
      title: 'Popularity and norm of the items',
      caption: captionOf(shown, most),
      rows,
      spec: specOf(choice, series, axisScale(popularity)),
      series,
      choice,
      zoomed: ['popularity', 'norm'],
    };
  },
};

const [before, after, expected] = ['before training', 'after training', 'expected by the law'];
const all = colored([after, before, expected]);

/** Items drawn of a training; and of all that may be chosen together, which are all in a page. */
const mostItems = 2000;
const mostOfAll = 3000;

function isVaried(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

/** Of each series; evenly spaced over popularity. */
function itemRows({ name, cell, number, training }: ShownTraining, most: number): Datum[] {
  const { popularity, initialNorm, finalNorm } = training.items;
  const order = [...popularity.keys()].sort((a, b) => popularity[a] - popularity[b] || a - b);
  const drawn = evenly(order, most);
  const place = { choice: name, cell: cell.index, training: number };
  return [
    ...drawn.map((item) => ({ ...place, series: before, item, popularity: popularity[item], norm: initialNorm[item] })),
    ...drawn.map((item) => ({ ...place, series: after, item, popularity: popularity[item], norm: finalNorm[item] })),
  ];
}

/** Points of a curve. */
const curvePoints = 100;

function expectedRows({ name, cell, training }: ShownTraining): Datum[] {
  const law = lawOfTraining(cell.training, training.items.popularity);
  if ('whyNot' in law) return [];
  const { groups, norms, weights } = law.normsAt(cell.training.optimisers.item.learningRate);
  const means = groups.map(({ popularity }, group) => ({
    popularity,
    norm: norms[group].reduce((sum, norm, node) => sum + weights[node] * norm, 0),
  }));
  return evenly(means, curvePoints).map((mean) => ({ choice: name, cell: cell.index, series: expected, ...mean }));
}

function specOf(choice: Choice | null, series: readonly Series[], scale: ReturnType<typeof axisScale>): TopLevelSpec {
  const x = {
    field: 'popularity',
    type: 'quantitative',
    title: 'popularity (interactions of the item)',
    scale,
    axis: countAxis,
  } as const;
  const y = { field: 'norm', type: 'quantitative', title: '‖q‖', scale: { zero: false } } as const;
  const color = seriesColor(series);
  const only = (names: readonly string[]) => [{ filter: { field: 'series', oneOf: [...names] } }];
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        params: [zoomParam],
        transform: only([before, after]),
        mark: { type: 'point', filled: true, size: 28, opacity: 0.55, aria: false },
        encoding: {
          x,
          y,
          color,
          shape: seriesShape(series, [expected]),
          tooltip: ['series', 'item', 'popularity', 'norm'].map((field) => ({ field })),
        },
      },
      {
        transform: only([expected]),
        mark: { type: 'line', strokeWidth: 2.5, aria: false },
        encoding: { x, y, color, strokeDash: seriesDash(series, [after, before]) },
      },
    ],
  };
}

function captionOf(shown: readonly ShownTraining[], most: number): string {
  const [{ name, cell, training }] = shown;
  const { popularity, initialNorm, finalNorm } = training.items;
  const law = lawOfTraining(cell.training, popularity);
  const line = 'whyNot' in law ? `; no line: ${law.whyNot}` : '; line: the mean norm that the law expects';
  const drawn =
    popularity.length <= most
      ? `each of the ${formatCount(popularity.length)} items`
      : `${formatCount(most)} of ${formatCount(popularity.length)} items, evenly spaced over popularity,`;
  const where = shown.length === 1 ? '' : ` at ${name}`;
  return (
    `Marks: ${drawn} before training and after it${line}. Over all items${where} Pearson’s correlation is ` +
    `${correlationText(pearson(popularity, initialNorm))} before and ${correlationText(pearson(popularity, finalNorm))} after, ` +
    `Spearman’s ${correlationText(spearman(popularity, initialNorm))} before and ${correlationText(spearman(popularity, finalNorm))} after.`
  );
}

function correlationText(correlation: Correlation | null): string {
  if (correlation === null) return 'none (one side does not vary)';
  const { coefficient, pValue } = correlation;
  return `${formatSignificant(coefficient, 3)} (p ${pValue === 0 ? '< 1e-300' : `= ${formatSignificant(pValue, 2)}`})`;
}
