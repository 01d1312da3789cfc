import { createHash } from 'node:crypto';
import { DataError } from './data-error.ts';
import { detectFormat, type TableFormatName, tableFormat } from './tables/formats/index.ts';
import type { ReadRow, TableOptions } from './tables/formats/table-format.ts';
import { type Line, lineBatches } from './tables/lines.ts';
import { visiblePath } from './visible-text.ts';

const shownRows = 5;
const linesToDetect = 100;

/** An item of a table. Its id is foreign text: show it through `visibleText`. */
export interface ItemCount {
  readonly id: string;
  readonly interactions: number;
}

/** Who met what, counted. */
export interface UserItemTable {
  readonly format: TableFormatName;
  /** In the order of their first interaction. */
  readonly items: readonly ItemCount[];
  /** User–item pairs, repeated ones included. */
  readonly interactions: number;
  readonly users: number;
  /** Rows that were left out because they could not be read, and the lines of the first five. */
  readonly skippedRows: number;
  readonly firstSkippedLines: readonly number[];
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** How to read a table. */
export interface ReadTableOptions extends TableOptions {
  readonly format?: TableFormatName | 'auto' | undefined;
  readonly skipBadRows?: boolean | undefined;
  /** Sees every pair, in the order of the file. */
  readonly onPair?: (user: string, item: string) => void;
}

/**
 * Reads a user–item table line by line, in memory bounded by the distinct users and items. Blank lines are no rows.
 *
 * A row is bad if its number of fields differs from the first line's, if a user or an item is missing, if a quote
 * does not close on its line, if a basket has an item twice, or if its bytes are not UTF-8.
 *
 * @throws {DataError} for a file that cannot be read as a table, and for bad rows unless they are skipped
 */
export async function readUserItemTable(path: string, options: ReadTableOptions = {}): Promise<UserItemTable> {
  const name = visiblePath(path);
  const hash = createHash('sha256');
  const counts = new Map<string, number>();
  const users = new Set<string>();
  const bad: { line: number; fault: string }[] = [];
  let interactions = 0;
  let badRows = 0;
  let layout: Layout | undefined;
  for await (const lines of lineBatches(path, (bytes) => hash.update(bytes))) {
    const rows = lines.filter(({ text }) => text === null || text.trim() !== '');
    if (rows.length === 0) continue;
    layout ??= openLayout(rows, name, options);
    for (const { number, text } of rows) {
      if (number === layout.headerLine) continue;
      const row = text === null ? { fault: 'expected text in UTF-8, got other bytes' } : layout.read(text, number);
      if ('fault' in row) {
        badRows += 1;
        if (bad.length < shownRows) bad.push({ line: number, fault: row.fault });
        continue;
      }
      users.add(row.user);
      for (const item of row.items) {
        counts.set(item, (counts.get(item) ?? 0) + 1);
        interactions += 1;
        options.onPair?.(row.user, item);
      }
    }
  }
  if (badRows > 0 && !options.skipBadRows) throw refuseRows(name, bad, badRows);
  if (layout === undefined || interactions === 0) throw new DataError(`${name} — expected a table with rows, got none`);
  return {
    format: layout.format,
    items: Array.from(counts, ([id, count]) => ({ id, interactions: count })),
    interactions,
    users: users.size,
    skippedRows: badRows,
    firstSkippedLines: bad.map(({ line }) => line),
    sha256: hash.digest('hex'),
  };
}

interface Layout {
  readonly format: TableFormatName;
  readonly read: ReadRow;
  /** 0 if there is none. */
  readonly headerLine: number;
}

function openLayout(rows: readonly Line[], name: string, options: ReadTableOptions): Layout {
  const [first] = rows;
  if (first.text === null) throw new DataError(`${name}:${first.number} — expected text in UTF-8, got other bytes`);
  const texts = rows.slice(0, linesToDetect).flatMap(({ text }) => text ?? []);
  const format =
    options.format === undefined || options.format === 'auto' ? detectFormat(texts, options) : options.format;
  const opened = tableFormat(format).open(first.text, options);
  if ('fault' in opened) {
    const others = 'formats: csv with a header, tsv (user, item, …), baskets (items, one basket a line)';
    throw new DataError(`${name}:${first.number} — read as ${format}: ${opened.fault} (${others})`);
  }
  return { format, read: opened.read, headerLine: opened.hasHeader ? first.number : 0 };
}

function refuseRows(name: string, bad: readonly { line: number; fault: string }[], count: number): DataError {
  const lines = bad.map(({ line, fault }) => `${name}:${line} — ${fault}`);
  const rows = count === 1 ? '1 bad row' : `${count} bad rows`;
  return new DataError([...lines, `${name} has ${rows}; --skip-bad-rows leaves them out and counts them`].join('\n'));
}
