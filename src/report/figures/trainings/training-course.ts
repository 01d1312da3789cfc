import type { TopLevelSpec } from 'vega-lite';
import type { StepRecord } from '../../../trainer/training-summary.ts';
import { formatCount, formatShare, formatSignificant } from '../../format-number.ts';
import type { TrainingsSource } from '../../sources/trainings-source.ts';
import { axisScale, countAxis } from '../axis-scale.ts';
import { chosenTitle } from '../chosen-title.ts';
import type { Choice, Datum, FigureOf, Series } from '../figure.ts';
import { colored, drawnOnly, plotFrame, readerParams, seriesColor, seriesShape, zoomParam } from '../plot.ts';

/** How the trainings went: loss, and the share of rows that moved at a right angle. */
export const trainingCourse: FigureOf<TrainingsSource> = {
  id: 'training-course',
  about: 'loss and the shares of rows that moved at a right angle, over the recorded epochs',
  draw({ shown }) {
    const drawn = shown.filter(({ training }) => training.records.length > 1);
    if (drawn.length === 0) return null;
    const series = colored(drawn.map(({ name }) => name));
    const choice = { label: 'Quantity', options: quantities.map(({ name }) => name) };
    const rows = quantities.flatMap((quantity) => drawn.flatMap((training) => rowsOf(training, quantity)));
    return {
      id: this.id,
      title: 'Course of the trainings',
      caption: captionOf(drawn),
      rows,
      spec: specOf(series, choice, axisScale(rows.map(({ epoch }) => epoch as number))),
      series,
      choice,
      zoomed: ['epoch', 'value'],
    };
  },
};

const quantities: readonly { readonly name: string; readonly of: (record: StepRecord) => number }[] = [
  { name: 'loss before the step', of: ({ loss }) => loss },
  { name: 'users with |q·Δq| ≤ 1e-6', of: ({ user }) => user.articleShare },
  { name: 'items with |q·Δq| ≤ 1e-6', of: ({ item }) => item.articleShare },
  { name: 'users tangent up to rounding', of: ({ user }) => user.tangentShare },
  { name: 'items tangent up to rounding', of: ({ item }) => item.tangentShare },
];

/** Whether the chosen quantity is a share, whose axis begins at 0. */
const isShare = `chosen !== '${quantities[0].name}'`;

function rowsOf(
  { name, cell, number, training }: TrainingsSource['shown'][number],
  quantity: (typeof quantities)[number],
): Datum[] {
  return training.records.map((record) => ({
    choice: quantity.name,
    series: name,
    cell: cell.index,
    training: number,
    epoch: record.epoch,
    step: record.step,
    value: quantity.of(record),
  }));
}

function specOf(series: readonly Series[], choice: Choice, scale: ReturnType<typeof axisScale>): TopLevelSpec {
  const encoding = {
    x: { field: 'epoch', type: 'quantitative', title: 'epoch', scale, axis: countAxis },
    y: { field: 'value', type: 'quantitative', title: chosenTitle, scale: { zero: { expr: isShare }, padding: 8 } },
    color: seriesColor(series),
  } as const;
  return {
    ...plotFrame,
    params: readerParams(choice),
    transform: [drawnOnly(choice)],
    layer: [
      {
        params: [zoomParam],
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding,
      },
      {
        mark: { type: 'point', filled: true, size: 60 },
        encoding: {
          ...encoding,
          shape: seriesShape(series),
          tooltip: ['series', 'epoch', 'step', 'value'].map((field) => ({ field })),
        },
      },
    ],
  };
}

function captionOf(drawn: TrainingsSource['shown']): string {
  const [{ training }] = drawn;
  const [first, last] = [training.records[0], training.records.at(-1)!];
  const at = drawn.length === 1 ? '' : `, ${drawn[0].name}`;
  return (
    `Marks: the last step of each recorded epoch (1 to 3, the middle one and the last). From epoch ${formatCount(first.epoch)} to epoch ` +
    `${formatCount(last.epoch)} the loss went from ${formatSignificant(first.loss, 4)} to ${formatSignificant(last.loss, 4)}${at}; ` +
    `then ${formatShare(last.user.articleShare)} of the users and ${formatShare(last.item.articleShare)} of the items are at a right ` +
    `angle by the article’s measure |q·Δq| ≤ 1e-6, which depends on the scale, and of those that moved ` +
    `${formatShare(last.user.tangentShare)} and ${formatShare(last.item.tangentShare)} by that of rounding, which does not.`
  );
}
