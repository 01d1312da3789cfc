import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadTableOptions, readUserItemTable } from '../../src/scenarios/user-item-table.ts';
import { messageOf, written } from './files.ts';

const read = (content: string | Uint8Array, options?: ReadTableOptions) =>
  readUserItemTable(written('t.csv', content), options);
const countsOf = async (content: string, options?: ReadTableOptions) => {
  const { format, items, users } = await read(content, options);
  return { format, users, ...Object.fromEntries(items.map(({ id, interactions }) => [id, interactions])) };
};
const refusal = (content: string | Uint8Array, options?: ReadTableOptions) => messageOf(read(content, options));
const others = '(formats: csv with a header, tsv (user, item, …), baskets (items, one basket a line))';

describe('reads', () => {
  it.each([
    ['a header in any order, among other columns', 'rating,item_id,userId\n5,x,1\n4,y,1\n3,x,2\n', {}],
    ['quotes, spaces, blank lines and carriage returns', 'user , item\r\n"1", x\r\n\r\n1,"y"\r\n 2,x', {}],
    ['a byte-order mark', '\ufeffuser,item\n1,x\n1,y\n2,x\n', {}],
    ['columns with names of their own', 'who,what\n1,x\n1,y\n2,x\n', { userColumn: 'who', itemColumn: 'what' }],
    ['one column by its own name', 'who,movieId\n1,x\n1,y\n2,x\n', { userColumn: 'who' }],
  ])('csv: %s', async (_, content, options) => {
    expect(await countsOf(content, options)).toEqual({ format: 'csv', users: 2, x: 2, y: 1 });
  });

  it.each([
    ['u.data', '1\tx\t5\t881250949\n1\ty\t3\t881250950\n2\tx\t1\t881250951\n'],
    ['with a header', 'item\tuser\nx\t1\ny\t1\nx\t2\n'],
  ])('tsv: %s', async (_, content) => {
    expect(await countsOf(content)).toEqual({ format: 'tsv', users: 2, x: 2, y: 1 });
  });

  it('baskets, with trimmed names; a line is a user', async () => {
    expect(await countsOf('milk,bread \nmilk\n\n"rolls, soft",milk\n')).toEqual({
      format: 'baskets',
      users: 3,
      milk: 3,
      bread: 1,
      'rolls, soft': 1,
    });
  });

  it('baskets that all have one item, when told so', async () => {
    expect(await countsOf('milk\nbread\n', { format: 'baskets' })).toEqual({
      format: 'baskets',
      users: 2,
      milk: 1,
      bread: 1,
    });
  });

  it('the pairs, in the order of the file, without those of bad rows', async () => {
    const pairs: string[] = [];
    const onPair = (user: string, item: string) => pairs.push(`${user}:${item}`);
    await read('a,b\nc,c\nd\n', { format: 'baskets', skipBadRows: true, onPair });
    expect(pairs).toEqual(['1:a', '1:b', '3:d']);
  });

  it('repeated pairs as interactions, and the hash of the bytes', async () => {
    const content = 'user,item\n1,x\n1,x\n';
    const { interactions, sha256 } = await read(content);
    expect([interactions, sha256]).toEqual([2, createHash('sha256').update(content).digest('hex')]);
  });

  it('back any table that is written, in each layout, whatever the pieces it arrives in', async () => {
    const id = fc
      .string({ unit: fc.constantFrom(...'abcé麦 x'), minLength: 1, maxLength: 5 })
      .map((text) => `i${text}`);
    const pairs = fc.array(fc.tuple(fc.nat({ max: 9 }), id), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(pairs, fc.constantFrom('csv', 'tsv'), async (rows, format) => {
        const separator = format === 'csv' ? ',' : '\t';
        const lines = [['user', 'item'], ...rows].map((fields) => fields.join(separator));
        const { items, users, interactions } = await read(lines.join('\n'));
        const expected = new Map<string, number>();
        for (const [, item] of rows) expected.set(item.trim(), (expected.get(item.trim()) ?? 0) + 1);
        expect(items).toEqual(Array.from(expected, ([id, count]) => ({ id, interactions: count })));
        expect([users, interactions]).toEqual([new Set(rows.map(([user]) => user)).size, rows.length]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('a file of many pieces like one of few', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `user-${row % 1000},item-${row % 7}`);
    const { users, interactions, items } = await read(`user,item\n${rows.join('\n')}`);
    expect([users, interactions, items.map(({ interactions }) => interactions)]).toEqual([
      1000,
      60_000,
      [8572, 8572, 8572, 8571, 8571, 8571, 8571],
    ]);
  });
});

describe('refuses bad rows with their lines, or skips and counts them:', () => {
  it.each([
    ['a missing field', 'user,item\n1,x\n2\n', 3, 'expected 2 fields as in the first line, got 1'],
    ['a field too many', 'user,item\n1,x,y\n1,x\n', 2, 'expected 2 fields as in the first line, got 3'],
    ['no user', 'user,item\n1,x\n ,x\n', 3, 'expected a user, got nothing'],
    ['no item', 'user,item\n1,x\n1,""\n', 3, 'expected an item, got nothing'],
    [
      'a quote that does not close',
      'user,item\n1,"x\n2,y\n',
      2,
      'expected balanced quotes, the whole field inside them, got an unbalanced one',
    ],
    [
      'a quote in the middle',
      'user,item\n1,x\n2,"y"z\n',
      3,
      'expected balanced quotes, the whole field inside them, got an unbalanced one',
    ],
    ['a short tsv row', '1\tx\t3\n2\tx\n', 2, 'expected 3 fields as in the first line, got 2'],
    ['an item twice in a basket', 'x,y\nz\nx,x \n', 3, 'expected an item once in a basket, got "x" again'],
    ['nothing between commas', 'x,y\nz\nx,,y\n', 3, 'expected items between the commas, got nothing'],
    ['bytes that are not UTF-8', 'user,item\n1,x\n1,\xff\n', 3, 'expected text in UTF-8, got other bytes'],
  ])('%s', async (_, content, line, fault) => {
    const bytes = Buffer.from(content, 'latin1');
    expect(await refusal(bytes)).toBe(
      `t.csv:${line} — ${fault}\nt.csv has 1 bad row; --skip-bad-rows leaves them out and counts them`,
    );
    const { skippedRows, firstSkippedLines, interactions } = await read(bytes, { skipBadRows: true });
    expect([skippedRows, firstSkippedLines]).toEqual([1, [line]]);
    expect(interactions).toBeGreaterThan(0);
  });

  it('the first five by line, all by number', async () => {
    const content = `user,item\n1,x\n${'bad\n'.repeat(7)}2,x\n`;
    expect((await refusal(content)).split('\n')).toEqual([
      ...[3, 4, 5, 6, 7].map((line) => `t.csv:${line} — expected 2 fields as in the first line, got 1`),
      't.csv has 7 bad rows; --skip-bad-rows leaves them out and counts them',
    ]);
    const { skippedRows, firstSkippedLines, interactions } = await read(content, { skipBadRows: true });
    expect([skippedRows, firstSkippedLines, interactions]).toEqual([7, [3, 4, 5, 6, 7], 2]);
  });
});

describe('refuses what is no table:', () => {
  it.each([
    ['an empty file', '', {}, 't.csv — expected a table with rows, got none'],
    ['a header alone', 'user,item\n', {}, 't.csv — expected a table with rows, got none'],
    [
      'a header without usual names',
      'who,what\n1,x\n',
      {},
      `t.csv:1 — read as csv: expected one column of users, got no usual name in the header who, what; name it with ` +
        `userColumn ${others}`,
    ],
    [
      'very many columns',
      `${Array.from({ length: 25 }, (_, column) => `c${column}`)}\n1,x\n`,
      { userColumn: 'who' },
      `t.csv:1 — read as csv: expected a column "who", got the header ${Array.from({ length: 20 }, (_, column) => `c${column}`).join(', ')} ` +
        `and 5 more ${others}`,
    ],
    [
      'two columns of items',
      'user,item,product\n1,x,y\n',
      {},
      't.csv:1 — read as csv: expected one column of items, got item and product in the header user, item, product; ' +
        `name it with itemColumn ${others}`,
    ],
    [
      'a column that is not there',
      'user,item\n1,x\n',
      { itemColumn: 'itm' },
      `t.csv:1 — read as csv: expected a column "itm", got the header user, item; did you mean item? ${others}`,
    ],
    [
      'one column for both',
      'user,item\n1,x\n',
      { userColumn: 'item' },
      `t.csv:1 — read as csv: expected two columns, got item for both ${others}`,
    ],
    [
      'a tsv without tabs',
      'user,item\n1,x\n',
      { format: 'tsv' as const },
      `t.csv:1 — read as tsv: expected a user, a tab and an item, got no tab ${others}`,
    ],
    ['UTF-16', Buffer.from('\ufeffuser,item\n', 'utf16le'), {}, 't.csv:1 — expected text in UTF-8, got UTF-16'],
    [
      'a line without end',
      'x'.repeat(2 ** 20 + 2 ** 18),
      {},
      't.csv:1 — expected a line of at most a megabyte, got a longer one',
    ],
  ])('%s', async (_, content, options, message) => {
    expect(await refusal(content, options)).toBe(message);
  });

  it('paths that lead nowhere', async () => {
    const path = written('t.csv', '').replace('t.csv', 'none.csv');
    expect(await messageOf(readUserItemTable(path))).toBe('none.csv — expected a file of data, got no such file');
  });
});
