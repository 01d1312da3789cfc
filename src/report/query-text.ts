import { visibleText } from '../scenarios/visible-text.ts';
import { formatCount } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textWidth } from './text-width.ts';

/** A result as far as it is shown. */
export interface ShownResult {
  readonly columns: readonly { readonly name: string; readonly type: 'number' | 'boolean' | 'text' }[];
  /** The first of its rows. */
  readonly rows: readonly (readonly (number | string | boolean | null)[])[];
  /** How many rows it has. */
  readonly total: number;
}

/** What lies between two columns. */
const gap = '  ';

/** More rows than this are shown as rows, even where not all columns have room. */
const mostRowsOnEnd = 4;
/** So many columns are shown one a line. */
const mostLines = 200;

/**
 * The result of a query as a table that fits the width: numbers to six digits, foreign text made visible and cut. Where
 * not all columns have room, a few rows stand on end, one column a line; of more rows the columns that have no room are
 * left out. A last line says how many rows and columns there are, and what is not shown.
 */
export function queryText(result: ShownResult, width: number, paint: Paint): string {
  const columns = result.columns.map(({ name, type }, index): LaidOut => {
    const header = visibleText(name, 40);
    const cells = result.rows.map((row) => cellText(row[index]));
    return { header, cells, wide: widest([header, ...cells]), isNumber: type === 'number' };
  });
  const fitting = countFitting(columns, width);
  if (fitting < columns.length && result.total <= Math.min(result.rows.length, mostRowsOnEnd)) {
    const shown = columns.slice(0, mostLines);
    const lines = onEnd(shown, paint);
    if (widest(lines) <= width) return withCount(lines, result, shown.length);
  }
  return withCount(asRows(columns.slice(0, fitting), result.rows.length, paint), result, fitting);
}

/** A column as text. */
interface LaidOut {
  readonly header: string;
  readonly cells: readonly string[];
  readonly wide: number;
  readonly isNumber: boolean;
}

function asRows(columns: readonly LaidOut[], rows: number, paint: Paint): string[] {
  const line = (textOf: (column: LaidOut) => string, style = (text: string) => text) => {
    const padded = columns.map((column) => {
      const text = textOf(column);
      const padding = ' '.repeat(column.wide - textWidth(text));
      return column.isNumber ? padding + style(text) : style(text) + padding;
    });
    return `${gap}${padded.join(gap)}`.trimEnd();
  };
  const head = line(({ header }) => header, paint.bold);
  return [head, ...Array.from({ length: rows }, (_, row) => line(({ cells }) => cells[row]))];
}

/** One column a line: its name, and what each row has there. */
function onEnd(columns: readonly LaidOut[], paint: Paint): string[] {
  const name = widest(columns.map(({ header }) => header));
  const rows = columns[0].cells.map((_, row) => widest(columns.map(({ cells }) => cells[row])));
  return columns.map(({ header, cells }) => {
    const padded = cells.map((text, row) => text + ' '.repeat(rows[row] - textWidth(text)));
    const first = paint.bold(header) + ' '.repeat(name - textWidth(header));
    return `${gap}${[first, ...padded].join(gap)}`.trimEnd();
  });
}

function withCount(lines: readonly string[], { columns, rows, total }: ShownResult, shownColumns: number): string {
  const rowText = `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}`;
  const first = rows.length < total ? `the first ${formatCount(rows.length)} of ${rowText}` : rowText;
  const left = columns.length - shownColumns;
  const rest =
    left === 0
      ? ''
      : `; the first ${shownColumns} of ${formatCount(columns.length)} columns: name those you want, or --format csv`;
  return `${[...lines, '', `${gap}${first}${rest}`].join('\n')}\n`;
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
}

/** How many of the columns have room, from the first on: at least one. */
function countFitting(columns: readonly { readonly wide: number }[], width: number): number {
  let used = 0;
  const tooMany = columns.findIndex(({ wide }) => {
    used += gap.length + wide;
    return used > width;
  });
  return tooMany === -1 ? columns.length : Math.max(1, tooMany);
}

function cellText(value: number | string | boolean | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return visibleText(value, 40);
  if (typeof value === 'boolean') return String(value);
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(6))).replace(/^-/, '−');
}
