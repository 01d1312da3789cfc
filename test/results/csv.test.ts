import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, Value } from '../../src/results/export/table.ts';
import { temporaryFolder } from '../cli/command.ts';
import { literalTable, textOf } from './fixtures/table-rows.ts';

const columns: Column[] = [
  { name: 'label', type: 'text' },
  { name: '=name, "quoted"\r\n', type: 'text' },
  { name: 'number', type: 'number' },
];

/** Labels of any characters, and often with those that CSV and spreadsheets act on. */
const label = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('=', '+', '-', '−', '@', '\t', '\r', '\n', '"', "'", ',', ';', ' ', '＝', 'a', '1'))
    .map((characters) => characters.join('')),
);
const number = fc.double({ noNaN: true }).map((value) => value + 0);
const rows = fc.array(fc.tuple(label, label, number), { minLength: 1, maxLength: 20 });

/** What a reader does who knows the rule: the apostrophe before text is ours. */
const withoutApostrophe = (text: string) => (text.startsWith("'") ? text.slice(1) : text);

/** A cell that a spreadsheet would run. */
const isFormula = (text: string) => /^[=+\-@\t\r\n−＝＋－＠]/.test(text);

function backOf([first, second, of]: readonly string[]): Value[] {
  return [withoutApostrophe(first), withoutApostrophe(second), Number(of)];
}

describe('CSV', () => {
  it('gives every label and number back, to a strict reader of RFC 4180', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const text = await textOf(literalTable(columns, table), 'csv');
        expect(text.endsWith('\r\n')).toBe(true);
        const strict = { record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false } as const;
        const [header, ...records] = parse(text, strict) as string[][];
        expect(header.map(withoutApostrophe)).toEqual(columns.map(({ name }) => name));
        expect(records.map(backOf)).toEqual(table);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('holds no text that a spreadsheet would run, and numbers as they are', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const text = await textOf(literalTable(columns, table), 'csv');
        const records = parse(text, { record_delimiter: '\r\n' }) as string[][];
        expect(records.flatMap((record) => record.slice(0, 2)).filter(isFormula)).toEqual([]);
        expect(records.slice(1).map((record) => record[2])).toEqual(table.map((row) => String(row[2])));
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('tells empty text from none', async () => {
    const text = await textOf(
      literalTable(columns, [
        ['', null, 1],
        [null, '', null],
      ]),
      'csv',
    );
    expect(text.split('\r\n').slice(-3)).toEqual(['"",,1', ',"",', '']);
  });

  it.each(['\r', '\n', '"', ','])('quotes a field that holds %j alone', async (character) => {
    const text = await textOf(literalTable(columns, [[`a${character}b`, 'c', 1]]), 'csv');
    expect(text.endsWith(`\r\n"a${character.replace('"', '""')}b",c,1\r\n`)).toBe(true);
  });

  it('is read by DuckDB, too', async () => {
    const path = join(temporaryFolder(), 'table.csv');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    // DuckDB takes no NUL in CSV, and loses its place at a header of several lines.
    const plainColumns = columns.map(({ type }, index) => ({ name: `c${index}`, type }));
    const tables = fc
      .sample(rows, { seed: 10, numRuns: 40 })
      .map((table) =>
        table.map((row) => row.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value))),
      );
    for (const table of tables) {
      writeFileSync(path, await textOf(literalTable(plainColumns, table), 'csv'));
      const strict = `header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true`;
      const reader = await connection.runAndReadAll(
        `FROM read_csv('${path}', ${strict}, parallel = false, nullstr = 'never null',
          columns = {a: 'VARCHAR', b: 'VARCHAR', c: 'VARCHAR'})`,
      );
      expect((reader.getRowsJson() as string[][]).map(backOf)).toEqual(table);
    }
    connection.closeSync();
    instance.closeSync();
  });
});
