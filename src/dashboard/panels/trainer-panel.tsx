import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { formatCount, formatShare, formatSignificant } from '../../report/format-number.ts';
import { textTable } from '../../report/text-table.ts';
import { stoppedText } from '../../report/training-text.ts';
import type { SideRecord } from '../../trainer/side-record.ts';
import { plotLines } from '../charts/braille-plot.ts';
import { type TrainingPicture, trainingPictures } from '../charts/training-pictures.ts';
import { screenPaint } from '../paint.ts';
import { type ShownRecord, type ShownTraining, shownTraining } from '../shown-training.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';

/** What a training comes to: its recorded steps as a table, and pictures of its loss, its plane and its items' norms. */
export const trainerPanel: Panel = {
  id: 'trainer',
  title: 'Trainer',
  isFor: ({ facts: { kind, replicatesAre } }) =>
    kind === 'train' || (kind === 'fidelity' && replicatesAre === 'trainings'),
  Body(props) {
    const { text, shown, rest } = contentOf(props);
    return <PanelLines lines={[...text, ...besideOneAnother(shown, rest)]} room={props.room} />;
  },
  overflow: (props) => contentOf(props).hidden,
  keys: [['up/down', 'next picture']],
};

/** A room lower than this is for a line of numbers, and the rest for a picture. */
const leastForPicture = 6;

interface Content {
  readonly text: readonly string[];
  /** Columns of pictures below the text, and the room for them. */
  readonly shown: readonly (readonly TrainingPicture[])[];
  readonly rest: Room;
  /** Columns that there was no room for. */
  readonly hidden: number;
}

/** What goes into the pane; the pictures are not yet drawn. */
function contentOf({ snapshot, ui, room }: PanelProps): Content {
  const training = shownTraining(snapshot, ui);
  if (training === null) return { text: ['no epoch is done yet'], shown: [], rest: room, hidden: 0 };
  const text = textOf(training, snapshot.facts.cells.length, room);
  const rest = { width: room.width, height: room.height - text.length };
  const columns = rest.height < 1 ? [] : pictureColumns(trainingPictures(training), rest);
  if (columns.length === 0) return { text, shown: [], rest, hidden: 0 };
  const count = Math.min(columns.length, Math.max(1, Math.floor((room.width + gap) / (narrowest + gap))));
  const first = modulo(ui.scroll.trainer ?? 0, columns.length);
  const shown = Array.from({ length: count }, (_, index) => columns[(first + index) % columns.length]);
  return { text, shown, rest, hidden: columns.length - count };
}

/** What is said above the pictures: where the training is, and the table, or its last line where there is room for no more. */
function textOf(training: ShownTraining, cells: number, { width, height }: Room): string[] {
  const head = screenPaint.bold(headOf(training, cells));
  const { stopped, records } = training;
  const lines = stopped === null ? [head] : [head, ...stoppedLines(stopped, { width, height })];
  if (records.length === 0) return lines.slice(0, height);
  const left = height - lines.length;
  const table = [records, records.slice(-1)]
    .map((shown) => tableOf(shown, width))
    .find((shown) => shown !== null && left - shown.length >= leastForPicture);
  if (table == null) return [...lines, lastLine(records.at(-1)!)].slice(0, height);
  const words = wrapAnsi(legend, Math.max(1, width - 2)).split('\n');
  const isExplained = left - table.length - words.length >= 2 * leastForPicture;
  return [...lines, ...table, ...(isExplained ? words.map((word) => screenPaint.dim(`  ${word}`)) : [])];
}

/** Why it ended before its last epoch: in a low room one line, which may be cut. */
function stoppedLines(stopped: NonNullable<ShownTraining['stopped']>, { width, height }: Room): string[] {
  const text = stoppedText(stopped, screenPaint);
  return height < 2 * leastForPicture ? [text] : wrapAnsi(text, width, { hard: true }).split('\n').slice(0, 3);
}

function headOf({ cell, training, isDone, epoch, epochs, losses }: ShownTraining, cells: number): string {
  const place = cells === 1 ? '' : `cell ${cell}, `;
  const loss = losses.length === 0 ? '' : `, loss ${formatSignificant(losses.at(-1)![1], 4)}`;
  return `${place}training ${training}${isDone ? ', done' : ''}: epoch ${formatCount(epoch)} of ${formatCount(epochs)}${loss}`;
}

const legend =
  '⟂: of the rows that moved, those at a right angle up to rounding; |cos|: median of |cos(Δq, q)|; ' +
  'Pearson, Spearman: of popularity and norm of the items';

/** The table's columns; in a narrow room those of a higher rank are left out. */
const tableColumns: readonly (readonly [name: string, rank: number, of: (record: ShownRecord) => string])[] = [
  ['epoch', 0, ({ epoch }) => formatCount(epoch)],
  ['loss', 0, ({ loss }) => formatSignificant(loss, 4)],
  ['users ⟂', 1, ({ user }) => formatShare(user.tangentShare)],
  ['|cos|', 2, ({ user }) => cosineOf(user)],
  ['items ⟂', 1, ({ item }) => formatShare(item.tangentShare)],
  ['|cos|', 2, ({ item }) => cosineOf(item)],
  ['Pearson', 0, ({ popularity }) => coefficient(popularity?.pearson)],
  ['Spearman', 3, ({ popularity }) => coefficient(popularity?.spearman)],
];

/** A line for each record below the names; null where not even the least of it is narrow enough. */
function tableOf(records: readonly ShownRecord[], width: number): string[] | null {
  for (const rank of [3, 2, 1, 0]) {
    const columns = tableColumns.filter(([, of]) => of <= rank);
    const names = columns.map(([name]) => screenPaint.bold(name));
    const lines = textTable([names, ...records.map((record) => columns.map(([, , of]) => of(record)))]).split('\n');
    if (lines.every((line) => stringWidth(line) <= width)) return lines;
  }
  return null;
}

/** The table's last line in words. */
function lastLine(record: ShownRecord): string {
  const { epoch, loss, user, item, popularity } = record;
  const parts = [
    `epoch ${formatCount(epoch)}: loss ${formatSignificant(loss, 4)}`,
    `⟂ users ${formatShare(user.tangentShare)}, items ${formatShare(item.tangentShare)}`,
    `Pearson ${coefficient(popularity?.pearson)}`,
    `|cos| ${cosineOf(user)}, ${cosineOf(item)}`,
  ];
  return parts.join('; ');
}

function cosineOf({ cosine }: SideRecord): string {
  return cosine === null ? '–' : formatSignificant(cosine.median, 2);
}

function coefficient(value: number | null | undefined): string {
  return value == null ? '–' : formatSignificant(value, 3);
}

/** Columns between pictures, and columns that a picture beside another has at least. */
const gap = 2;
const narrowest = 44;

/** The pictures as columns of one or, where there is height for it and they are flat, two. */
function pictureColumns(
  pictures: readonly TrainingPicture[],
  { height }: Room,
): readonly (readonly TrainingPicture[])[] {
  const flat = pictures.filter(({ isFlat }) => isFlat);
  if (flat.length !== 2 || height < 16) return pictures.map((picture) => [picture]);
  return [flat, ...pictures.filter(({ isFlat }) => !isFlat).map((picture) => [picture])];
}

function besideOneAnother(columns: readonly (readonly TrainingPicture[])[], { width, height }: Room): string[] {
  if (columns.length === 0) return [];
  const room = { width: Math.floor((width - gap * (columns.length - 1)) / columns.length), height };
  const drawn = columns.map((pictures) => {
    const each = Math.floor(height / pictures.length);
    return pictures.flatMap((picture) => plotLines(picture, { ...room, height: each }));
  });
  // A column of two may be a line shorter.
  return Array.from({ length: height }, (_, row) => {
    return drawn.map((lines) => lines[row] ?? ' '.repeat(room.width)).join(' '.repeat(gap));
  });
}

function modulo(value: number, count: number): number {
  return Number.isFinite(value) ? ((Math.trunc(value) % count) + count) % count : 0;
}
