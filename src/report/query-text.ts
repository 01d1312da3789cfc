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

/**
 * The result of a query as a table that fits the width: numbers to six digits, foreign text made visible and cut, the
 * columns that have no room left out. A last line says how many rows and columns there are, and what is not shown.
 */
export function queryText({ columns, rows, total }: ShownResult, width: number, paint: Paint): string {
  const cells = rows.map((row) => row.map(cellText));
  const laidOut = columns.map(({ name, type }, index) => {
    const header = visibleText(name, 40);
    const wide = Math.max(textWidth(header), ...cells.map((row) => textWidth(row[index])));
    return { header, wide, isNumber: type === 'number' };
  });
  const fitting = countFitting(laidOut, width);
  const line = (texts: readonly string[], style = (text: string) => text) => {
    const padded = laidOut.slice(0, fitting).map(({ wide, isNumber }, index) => {
      const padding = ' '.repeat(wide - textWidth(texts[index]));
      return isNumber ? padding + style(texts[index]) : style(texts[index]) + padding;
    });
    return `${gap}${padded.join(gap)}`.trimEnd();
  };
  const head = line(
    laidOut.map(({ header }) => header),
    paint.bold,
  );
  return `${[head, ...cells.map((row) => line(row)), '', `${gap}${countText(fitting)}`].join('\n')}\n`;

  function countText(shownColumns: number): string {
    const rowText = `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}`;
    const first = rows.length < total ? `the first ${formatCount(rows.length)} of ${rowText}` : rowText;
    if (shownColumns === columns.length) return first;
    return `${first}; ${shownColumns} of ${columns.length} columns, name those you want, or --format csv`;
  }
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
