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

  it('leaves out the columns that have no room, and says so', () => {
    const columns = Array.from({ length: 30 }, (_, index) => ({ name: `column${index}`, type: 'number' as const }));
    const text = queryText({ columns, rows: [columns.map((_, index) => index)], total: 1 }, 80, plain);
    expect(text).toContain('column6');
    expect(text).not.toContain('column9');
    expect(text).toContain('1 row; 8 of 30 columns, name those you want, or --format csv');
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
        expect(lines).toHaveLength(rows.length + 4);
        for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
        // The first column is shown even where it has no room.
        const hasChoice = columns.length > 1 && !/; 1 of \d+ columns/.test(text);
        if (hasChoice) expect(Math.max(...lines.slice(0, -2).map(textWidth))).toBeLessThanOrEqual(80);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
