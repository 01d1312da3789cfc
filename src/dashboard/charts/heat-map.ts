import stringWidth from 'string-width';
import { formatSignificant } from '../../report/format-number.ts';

/** A point of a map. */
export interface HeatPoint {
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  /** Null where it is not known; it may be NaN or infinite. */
  readonly value: number | null;
}

/** Values over a plane, row by row; null where there is no point. */
export interface HeatMap {
  readonly rows: readonly (readonly (HeatPoint | null)[])[];
  readonly acrossLabels: readonly string[];
  /** Empty where there is a single row without a name. */
  readonly downLabels: readonly string[];
  readonly cursor: { readonly column: number; readonly row: number };
}

/** Neighbouring blocks that look alike: characters, and one of 256 colours, null for the terminal's own. */
export interface HeatSpan {
  readonly text: string;
  readonly colour: number | null;
  readonly isCursor: boolean;
}

/** The part of a map that is in sight. */
export interface HeatView {
  /** The columns' labels, as far as there is room for them: one line. */
  readonly labels: string;
  readonly rows: readonly (readonly HeatSpan[])[];
  /** First and last column and row in sight, from 0. */
  readonly columns: readonly [first: number, last: number];
  readonly rowsInSight: readonly [first: number, last: number];
  /** Of the whole map: what the levels are fifths of. */
  readonly range: HeatRange | null;
}

/** Least and greatest of the values that are numbers; null where none is. */
export interface HeatRange {
  readonly least: number;
  readonly greatest: number;
}

/** Five levels that are told apart without colour: each block ends in its digit, too. */
const shades = [' ', '░', '▒', '▓', '█'] as const;

/** Violet to yellow by way of blue and green, as viridis: of 256 colours, ever lighter, so that no hue is needed; the darkest is read on black. */
export const ramp: readonly number[] = [61, 31, 67, 37, 72, 77, 148, 184, 226];

const narrowestBlock = 3;
const widestBlock = 10;
/** Room for brackets, a shade, a mark and a number of four digits. */
const numberBlock = 14;

export function heatRange(values: Iterable<number | null>): HeatRange | null {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return least <= greatest ? { least, greatest } : null;
}

/** The level of a value, 1 to 5, each a fifth of the range; 3 where all are equal, null for what is no number. */
export function heatLevel(value: number | null, range: HeatRange | null): number | null {
  const share = shareWithin(value, range);
  return share === null ? null : 1 + Math.min(shades.length - 1, Math.floor(share * shades.length));
}

/** The five levels in a row, least first. */
export function heatScale(): readonly HeatSpan[] {
  return shades.map((shade, level) => ({
    text: shade.repeat(2) + String(level + 1),
    colour: colourOf(level / (shades.length - 1)),
    isCursor: false,
  }));
}

/** The rows of a map in a room of so many columns and lines; the cursor is always in sight. */
export function heatMapView(map: HeatMap, room: { readonly width: number; readonly height: number }): HeatView {
  const { rows, acrossLabels, downLabels, cursor } = map;
  const longestLabel = Math.max(0, ...downLabels.map((label) => stringWidth(label)));
  const margin = longestLabel === 0 ? 0 : Math.min(longestLabel, Math.floor(room.width / 3)) + 1;
  const space = Math.max(narrowestBlock, room.width - margin);
  const blockWidth = blockWidthFor(acrossLabels, space);
  const columns = window(acrossLabels.length, Math.floor(space / blockWidth), cursor.column);
  const rowsInSight = window(rows.length, Math.max(1, room.height), cursor.row);
  const range = heatRange(valuesOf(rows));
  const lines = rows.slice(rowsInSight[0], rowsInSight[1] + 1).map((row, place) => {
    const number = rowsInSight[0] + place;
    const blocks = row.slice(columns[0], columns[1] + 1).map((point, across) => {
      const isCursor = number === cursor.row && columns[0] + across === cursor.column;
      return blockOf(point, range, blockWidth, isCursor);
    });
    const label = { text: fitted(downLabels[number] ?? '', margin), colour: null, isCursor: false };
    return joined(margin === 0 ? blocks : [label, ...blocks]);
  });
  const shownLabels = acrossLabels.slice(columns[0], columns[1] + 1);
  const labels = ' '.repeat(margin) + labelLine(shownLabels, blockWidth, space);
  return { labels, rows: lines, columns, rowsInSight, range };
}

/** Text cut to a width, or filled up to it, with a space at its end. */
function fitted(text: string, width: number): string {
  const room = width - 1;
  const size = stringWidth(text);
  if (size <= room) return text + ' '.repeat(Math.max(0, width - size));
  let kept = '';
  for (const { segment } of clusters.segment(text)) {
    if (stringWidth(`${kept}${segment}…`) > room) break;
    kept += segment;
  }
  return `${kept}…${' '.repeat(Math.max(0, width - stringWidth(kept) - 1))}`;
}

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

function* valuesOf(rows: HeatMap['rows']): Generator<number | null> {
  for (const row of rows) for (const point of row) yield point?.value ?? null;
}

/** Where the whole range is too large for a number, halves are compared. */
function shareWithin(value: number | null, range: HeatRange | null): number | null {
  if (value === null || range === null || !Number.isFinite(value)) return null;
  const size = range.greatest / 2 - range.least / 2;
  return size === 0 ? 0.5 : Math.min(1, Math.max(0, (value / 2 - range.least / 2) / size));
}

function colourOf(share: number): number {
  return ramp[Math.round(share * (ramp.length - 1))];
}

/** Spans as one text: in colour where it may be, the cursor told by its brackets where not. */
export function spansText(spans: readonly HeatSpan[], isColoured: boolean): string {
  if (!isColoured) return spans.map(({ text }) => text).join('');
  return spans
    .map(({ text, colour, isCursor }) => {
      if (isCursor) return `\u001b[7m${text}\u001b[27m`;
      return colour === null ? text : `\u001b[38;5;${colour}m${text}\u001b[39m`;
    })
    .join('');
}

/** Wide enough for numbers where all columns fit so, or as the longest label, else as wide as lets them fit. */
function blockWidthFor(labels: readonly string[], space: number): number {
  const wanted = 1 + Math.max(0, ...labels.map((label) => stringWidth(label)));
  const most = Math.floor(space / Math.max(1, labels.length));
  if (most >= numberBlock) return numberBlock;
  return Math.max(narrowestBlock, Math.min(wanted, widestBlock, most));
}

/** First and last of the places in sight, the cursor in their middle where it can be. */
function window(length: number, size: number, cursor: number): readonly [number, number] {
  const first = Math.max(0, Math.min(cursor - (size >> 1), length - size));
  return [first, Math.min(length, first + size) - 1];
}

function blockOf(point: HeatPoint | null, range: HeatRange | null, width: number, isCursor: boolean): HeatSpan {
  const share = shareWithin(point?.value ?? null, range);
  const level = heatLevel(point?.value ?? null, range);
  const mark = markOf(point, level);
  const shade = level === null ? (point?.status === 'running' ? '·' : ' ') : shades[level - 1];
  const colour = share === null ? null : colourOf(share);
  const text = blockText(
    shade,
    mark,
    level === null ? '' : formatSignificant(point!.value!, 4),
    width - (isCursor ? 2 : 0),
  );
  return { text: isCursor ? `[${text}]` : text, colour, isCursor };
}

/** A shade and a mark, and the number itself where there is room for it. */
function blockText(shade: string, mark: string, number: string, width: number): string {
  const spare = width - stringWidth(number) - 3;
  return number === '' || spare < 1 ? shade.repeat(width - 1) + mark : `${shade.repeat(spare)}${mark} ${number} `;
}

function markOf(point: HeatPoint | null, level: number | null): string {
  if (point === null) return ' ';
  switch (point.status) {
    case 'queued':
      return '·';
    case 'running':
      return '~';
    case 'failed':
      return '✗';
    case 'done':
      // A number that is none is told from no number.
      return level === null ? (point.value === null ? '–' : '?') : String(level);
  }
}

/** Far fewer pieces than blocks: a large map is mostly one thing. */
function joined(spans: readonly HeatSpan[]): HeatSpan[] {
  const pieces: HeatSpan[] = [];
  for (const span of spans) {
    const last = pieces.at(-1);
    if (last !== undefined && last.colour === span.colour && !last.isCursor && !span.isCursor) {
      pieces[pieces.length - 1] = { ...last, text: last.text + span.text };
    } else pieces.push(span);
  }
  return pieces;
}

/** Each label over the left edge of its block; one that would run into another is left out. */
function labelLine(labels: readonly string[], blockWidth: number, space: number): string {
  let [line, width] = ['', 0];
  for (const [column, label] of labels.entries()) {
    const start = column * blockWidth;
    const size = stringWidth(label);
    if (start < width + (width === 0 ? 0 : 1) || start + size > space) continue;
    line += ' '.repeat(start - width) + label;
    width = start + size;
  }
  return line;
}
