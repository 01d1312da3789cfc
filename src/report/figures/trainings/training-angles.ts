import type { TopLevelSpec } from 'vega-lite';
import type { SideRecord } from '../../../trainer/side-record.ts';
import { formatCount, formatSignificant } from '../../format-number.ts';
import type { TrainingsSource } from '../../sources/trainings-source.ts';
import { axisScale, countAxis } from '../axis-scale.ts';
import type { Choice, Datum, FigureOf } from '../figure.ts';
import { colored, drawnOnly, plotFrame, readerParams, seriesColor, seriesShape, zoomParam } from '../plot.ts';
import { trainingChoice } from '../training-choice.ts';

/** How far from a right angle the rows moved, whatever their scale. */
export const trainingAngles: FigureOf<TrainingsSource> = {
  id: 'training-angles',
  about: 'median |cos(Δq, q)| of users and items over the recorded epochs, and what rounding alone would make',
  draw({ shown }) {
    const drawn = shown.filter(({ training }) => training.records.length > 1);
    const rows = drawn.flatMap(rowsOf);
    const positive = rows.filter(({ cosine }) => (cosine as number) > 0);
    if (positive.length === 0) return null;
    const choice = trainingChoice(drawn);
    return {
      id: this.id,
      title: 'Angle of the steps',
      caption: captionOf(drawn, rows.length - positive.length),
      rows: positive,
      spec: specOf(choice, axisScale(rows.map(({ epoch }) => epoch as number))),
      series,
      choice,
      zoomed: ['epoch', 'cosine'],
    };
  },
};

const series = colored(['users', 'items', 'rounding of users', 'rounding of items']);

function rowsOf({ name, cell, number, training }: TrainingsSource['shown'][number]): Datum[] {
  return training.records.flatMap(({ epoch, step, user, item }) => {
    const row = (series: string, cosine: number | null | undefined) => {
      const place = { choice: name, series, cell: cell.index, training: number, epoch, step };
      return cosine === null || cosine === undefined ? [] : [{ ...place, cosine }];
    };
    const side = (name: string, { cosine, roundingFloor }: SideRecord) => [
      ...row(name, cosine?.median),
      ...row(`rounding of ${name}`, roundingFloor),
    ];
    return [...side('users', user), ...side('items', item)];
  });
}

function specOf(choice: Choice | null, scale: ReturnType<typeof axisScale>): TopLevelSpec {
  const encoding = {
    x: { field: 'epoch', type: 'quantitative', title: 'epoch', scale, axis: countAxis },
    y: {
      field: 'cosine',
      type: 'quantitative',
      title: 'median |cos(Δq, q)|',
      scale: { type: 'log' },
      axis: { format: '.1~e' },
    },
    color: seriesColor(series),
  } as const;
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        params: [zoomParam],
        transform: [{ filter: { field: 'series', oneOf: ['users', 'items'] } }],
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding,
      },
      {
        transform: [{ filter: { not: { field: 'series', oneOf: ['users', 'items'] } } }],
        mark: { type: 'line', strokeWidth: 1.5, strokeDash: [5, 3], aria: false },
        encoding,
      },
      {
        mark: { type: 'point', filled: true, size: 60 },
        encoding: {
          ...encoding,
          shape: seriesShape(series),
          tooltip: ['series', 'epoch', 'step', 'cosine'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: TrainingsSource['shown'], zeros: number): string {
  const [{ name, training }] = drawn;
  const { epoch, user, item } = training.records.at(-1)!;
  const at = drawn.length === 1 ? '' : ` (${name})`;
  const left = zeros === 0 ? '' : ` ${formatCount(zeros)} are exactly 0 and not drawn.`;
  return (
    'Marks: the median of |cos(Δq, q)| over the rows that moved in the last step of a recorded epoch, 0 at a right angle; dashes: the ' +
    'largest that rounding alone may make. In epoch ' +
    `${formatCount(epoch)}${at} it is ${cosineText(user)} for users and ${cosineText(item)} for items.${left}`
  );
}

function cosineText({ cosine }: SideRecord): string {
  return cosine === null ? 'nothing, for none moved,' : formatSignificant(cosine.median, 2);
}
