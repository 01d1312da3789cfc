import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paintWith } from '../../src/report/paint.ts';
import { queryText } from '../../src/report/query-text.ts';
import { textWidth } from '../../src/report/text-width.ts';

const plain = paintWith((_, text) => text);

describe('the text of a query', () => {
  it('aligns numbers right and text left, and counts the rows', () => {
    const columns = [
      { name: 'run', type: 'text' },
      { name: 'mean', type: 'number' },
    ] as const;
    const rows = [
      ['a', 1],
      ['long', -0.123456789],
      [null, Number.NaN],
    ];
    expect(queryText({ columns, rows, total: 1234 }, 80, plain)).toBe(
      [
        '  run        mean',
        '  a             1',
        '  long  −0.123457',
        '  –           NaN',
        '',
        '  the first 3 of 1,234 rows',
        '',
      ].join('\n'),
    );
  });

  const wide = Array.from({ length: 300 }, (_, index) => ({ name: `column${index}`, type: 'number' as const }));
  const rowsOf = (count: number, columns = wide) =>
    Array.from({ length: count }, (_, row) => columns.map((_, index) => index / 7 + row));

  it('puts a few rows on end, one column a line, where not all columns have room', () => {
    const columns = wide.slice(0, 30);
    const lines = queryText({ columns, rows: rowsOf(2, columns), total: 2 }, 80, plain).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '  column0   0         1',
      '  column1   0.142857  1.14286',
      '  column2   0.285714  1.28571',
    ]);
    expect(lines.slice(-3)).toEqual(['', '  2 rows', '']);
    expect(lines).toHaveLength(30 + 3);
  });

  it('shows two hundred columns so, and says how many there are and how to see the others', () => {
    const lines = queryText({ columns: wide, rows: rowsOf(1), total: 1 }, 80, plain).split('\n');
    expect(lines).toHaveLength(200 + 3);
    expect(lines[199]).toBe('  column199  28.4286');
    expect(lines.at(-2)).toBe('  1 row; the first 200 of 300 columns: name those you want, or --format csv');
  });

  it.each([
    ['many rows', rowsOf(5), 5],
    ['the first of many rows', rowsOf(2), 1000],
  ])('leaves out the columns that have no room, and says so: %s', (_, rows, total) => {
    const text = queryText({ columns: wide, rows, total }, 80, plain);
    expect(text.split('\n')[0]).toMatch(/^ +column0 .* column6/);
    expect(text).not.toContain('column9');
    expect(text).toMatch(/; the first \d of 300 columns: name those you want, or --format csv\n$/);
  });

  it('shows all columns to what is as wide as it likes', () => {
    const [head, ...rest] = queryText(
      { columns: wide, rows: rowsOf(1), total: 1 },
      Number.POSITIVE_INFINITY,
      plain,
    ).split('\n');
    expect(head.trim().split(/ +/)).toHaveLength(300);
    expect(rest.slice(1)).toEqual(['', '  1 row', '']);
  });

  it('fits the width and holds nothing that acts, whatever text comes', () => {
    const name = fc.string({ unit: 'binary' });
    const table = fc.array(name, { minLength: 1, maxLength: 8 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        rows: fc.array(fc.array(name, { minLength: names.length, maxLength: names.length }), { maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(table, ({ names, rows }) => {
        const columns = names.map((of) => ({ name: of, type: 'text' as const }));
        const text = queryText({ columns, rows, total: rows.length }, 80, plain);
        const lines = text.split('\n');
        expect([rows.length + 4, names.length + 3]).toContain(lines.length);
        for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
        // The first column is shown even where it has no room.
        const hasChoice = columns.length > 1 && !/; the first 1 of \d+ columns/.test(text);
        if (hasChoice) expect(Math.max(...lines.slice(0, -2).map(textWidth))).toBeLessThanOrEqual(80);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
