import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measure, median, type Row } from './measure.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const bench = (...words: string[]) =>
  execFileSync(process.execPath, [main, ...words], { encoding: 'utf8', stdio: 'pipe' });

describe('measure', () => {
  const contest = { kernel: 'k', point: 'A', contender: 'them', unit: 'ns/pair', pairs: 1, exact: [1, 2] } as const;
  const reading = (cost: number, lower: number) => ({
    cost,
    norms: [
      { mean: lower, standardError: 0.01 },
      { mean: 2, standardError: 0.01 },
    ],
  });

  it('divides the median of our costs by the median of theirs, run in turns', async () => {
    const turns: string[] = [];
    const ours = (_: number, round: number) => {
      turns.push('a');
      return reading(round === 1 ? 1000 : 2, 1);
    };
    const theirs = () => {
      turns.push('b');
      return reading(4, 1);
    };
    expect(await measure({ ...contest, ours, theirs }, { isQuick: true })).toMatchObject({
      ratio: 0.5,
      ours: 2,
      theirs: 4,
    });
    expect(turns.join('')).toBe('ab'.repeat(7));
  });

  it('believes no time of a program whose means are wrong', async () => {
    const right = () => reading(1, 1.03);
    const wrong = () => reading(1, 1.07);
    await expect(measure({ ...contest, ours: right, theirs: wrong }, { isQuick: true })).rejects.toThrow(
      /them: the mean norm should be 1 within/,
    );
    await expect(measure({ ...contest, ours: wrong, theirs: right }, { isQuick: true })).rejects.toThrow(
      /ours: the mean/,
    );
  });

  it('takes the middle, or the middle of the two middles', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 100, 2])).toBe(3);
  });
});

describe('npm run bench', () => {
  it('prints one JSON document, in which the kernel beats its plain twin at every point', () => {
    const { rows }: { rows: Row[] } = JSON.parse(bench('--json', '--quick', '--against', 'plain', 'events'));
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['kernel', 'point', 'contender', 'ratio', 'ours', 'theirs', 'unit']);
      expect(row).toMatchObject({
        kernel: 'events',
        contender: 'plain',
        unit: 'ns/pair',
        ratio: row.ours / row.theirs!,
      });
    }
    expect(rows.map(({ point }) => point)).toEqual(['A', 'B', 'C']);
    for (const { ratio } of rows) expect(ratio).toBeLessThan(0.5);
  });

  it('measures a training step, which the fused kernel does in less than half of the plain time', () => {
    const { rows }: { rows: Row[] } = JSON.parse(bench('--json', '--quick', '--against', 'plain', 'trainer'));
    expect(rows.map(({ point }) => point)).toEqual(['25×2', '25×64', '256×2', '256×64']);
    for (const { ratio } of rows) expect(ratio).toBeLessThan(0.5);
  });

  it('refuses the name of a kernel that it does not know', () => {
    expect(() => bench('--quick', 'evnets')).toThrow(/no row is called evnets/);
  });
});
