import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { popularityFromTable } from '../../src/scenarios/cells/popularity-from-table.ts';
import type { UserItemTable } from '../../src/scenarios/user-item-table.ts';
import { load, refusalOf, written } from './files.ts';

const tableOf = (counts: Record<string, number>): UserItemTable => ({
  format: 'csv',
  items: Object.entries(counts).map(([id, interactions]) => ({ id, interactions })),
  interactions: Object.values(counts).reduce((sum, count) => sum + count, 0),
  users: 1,
  skippedRows: 0,
  firstSkippedLines: [],
  sha256: '',
});

/** The ids found at two percentiles. */
function at(percentiles: [number, number], counts: Record<string, number>): string[] {
  const found = popularityFromTable({ data: '', format: 'auto', percentiles }, tableOf(counts));
  return 'items' in found ? [found.items.lower.label, found.items.upper.label] : found.map(({ message }) => message);
}

it('finds nearest ranks: the least item that reaches the percentage', () => {
  const counts = { e: 5, d: 4, c: 3, b: 2, a: 1 };
  expect(at([0, 20.1], counts)).toEqual(['a', 'b']);
  expect(at([20, 40], counts)).toEqual(['a', 'b']);
  expect(at([50, 100], counts)).toEqual(['c', 'e']);
});

it('orders items of equal counts by id, wherever their rows are', () => {
  const ids = ['p', 'q', 'r', 's'];
  fc.assert(
    fc.property(fc.shuffledSubarray(ids, { minLength: 4 }), (order) => {
      expect(at([25, 100], Object.fromEntries(order.map((id) => [id, 7])))).toEqual(['p', 's']);
    }),
    { seed: 1 },
  );
});

it('gives shares of the interactions, the lower first, at any two percentiles', () => {
  const counts = fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 30 });
  const percentile = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(counts, percentile, percentile, (list, a, b) => {
      const table = tableOf(Object.fromEntries(list.map((count, index) => [`i${index}`, count])));
      const percentiles: [number, number] = [Math.min(a, b), Math.max(a, b)];
      const found = popularityFromTable({ data: '', format: 'auto', percentiles }, table);
      if (!('items' in found)) return;
      const { popularity, items } = found;
      expect(popularity.lower).toBeLessThan(popularity.upper);
      expect(popularity.lower).toBe(items.lower.interactions / table.interactions);
      // At least that percentage of the items is no more popular.
      const reached = list.filter((count) => count <= items.upper.interactions).length;
      expect((100 * reached) / list.length).toBeGreaterThanOrEqual(percentiles[1] * (1 - 1e-12));
    }),
    { seed: 1 },
  );
});

describe('a scenario', () => {
  const scenario = (popularity: string) => `kind: coupled\nname: x\npopularity: {data: purchases.csv, ${popularity}}`;
  const rows = ['1,milk', '2,milk', '3,milk', '1,b\u001b[31m', '2,b\u001b[31m', '1,7', '2,7', '1,salt'];
  written('purchases.csv', `user,item\n${rows.join('\n')}\n`);

  it('takes two items by id, text or number, and shows them safely', async () => {
    const { cells, notices } = await load(scenario('items: [7, milk]'));
    expect(cells.at(0)!.pair.popularity).toEqual({ lower: 0.25, upper: 0.375 });
    expect(cells.at(0)!.items).toEqual({
      lower: { label: '7', interactions: 2 },
      upper: { label: 'milk', interactions: 3 },
      skippedRows: 0,
    });
    expect(notices[0]).toMatch(/purchases.csv: read as csv: 3 users, 4 items, 8 interactions$/);
    expect(notices[1]).toBe('lower is 7 (2 interactions), upper is milk (3)');
    expect((await load(scenario('items: ["b\\e[31m", milk]'))).cells.at(0)!.items?.lower.label).toBe('b\\u{1b}[31m');
  });

  it('says so when both items are equally popular, and when rows were left out', async () => {
    expect((await load(scenario('items: [7, "b\\e[31m"]'))).notices[2]).toBe(
      'both items are equally popular, so the two runs of a pair are identical',
    );
    written('bad.csv', 'user,item\n1,x\n1,x\n1,y\n1\n');
    const { notices } = await load(scenario('items: [y, x]').replace('purchases', 'bad'), { skipBadRows: true });
    expect(notices[2]).toMatch(/bad.csv: 1 bad rows left out \(lines 5\)$/);
  });

  it('has an identity that knows the bytes of its table, and not the path', async () => {
    const text = scenario('percentiles: [50, 99]');
    written('copy.csv', `user,item\n${rows.join('\n')}\n`);
    written('longer.csv', `user,item\n${rows.join('\n')}\n\n`);
    const { identity } = await load(text);
    expect((await load(text.replace('purchases', 'copy'))).identity).toEqual(identity);
    expect((await load(text.replace('purchases', 'longer'))).identity).not.toEqual(identity);
  });

  it.each([
    [
      'items: [milk, 7]',
      's.yaml:3:42 popularity.items — expected the rarer item first, got it second: 7 has 2, milk has 3',
    ],
    [
      'items: [mlk, zebra]',
      `s.yaml:3:43 popularity.items[0] — expected one of the table's 4 items, got "mlk"; did you mean milk?\n` +
        `s.yaml:3:48 popularity.items[1] — expected one of the table's 4 items, got "zebra"`,
    ],
    [
      'percentiles: [90, 50]',
      's.yaml:3:48 popularity.percentiles — expected the lower percentile first, got 90 and 50',
    ],
    [
      'percentiles: [98, 99]',
      's.yaml:3:48 popularity.percentiles — expected two items, got "milk" at both percentiles (of 4 items)',
    ],
    ['items: [milk]', 's.yaml:3:42 popularity.items — expected a list of two, [lower, upper], got a list of 1'],
    ['items: [milk, 007]', 's.yaml:3:49 — expected a number without leading zeros (or "007" in quotes), got 007'],
    [
      'format: xls, items: [7, milk]',
      's.yaml:3:43 popularity.format — expected one of auto, csv, tsv, baskets, got "xls"',
    ],
  ])('is refused with %s', async (popularity, message) => {
    expect(await refusalOf(scenario(popularity))).toBe(message);
  });

  it('points at the path of a table that is not there, and into one that is wrong', async () => {
    expect(await refusalOf(scenario('items: [a, b]').replace('purchases', 'none'))).toBe(
      's.yaml:3:20 popularity.data — expected a file, got none.csv: no such file',
    );
    written('bad.csv', 'user,item\n1,x\n1\n');
    expect(await refusalOf(scenario('items: [x, x]').replace('purchases', 'bad'))).toBe(
      'bad.csv:3 — expected 2 fields as in the first line, got 1\n' +
        'bad.csv has 1 bad row; --skip-bad-rows leaves them out and counts them',
    );
  });
});
