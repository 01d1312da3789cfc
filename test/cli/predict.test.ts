import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, temporaryFolder } from './command.ts';

const law = ['predict', '--popularity', 'zipf:1.0:1000'];

describe('predict', () => {
  it('answers for several rates before any training', async () => {
    const { code, stdout, stderr } = await command([...law, '--learning-rate', '10,100,500'], temporaryFolder());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/bias shows +from η = 20\.\d on/);
    expect(stdout).toMatch(/^ +10 +hidden /m);
    expect(stdout).toMatch(/^ +100 +shows +0\.47 \[0\.45, 0\.49\]/m);
  });

  it('says of a single rate how long the norms will be, and what to change', async () => {
    const { stdout } = await command([...law, '--learning-rate', '200'], temporaryFolder());
    for (const words of ['most popular', 'what to change', 'normalise', 'smaller rate', 'larger start', 'lazy decay']) {
      expect(stdout).toContain(words);
    }
    const hidden = await command([...law, '--learning-rate', '0.1'], temporaryFolder());
    expect(hidden.stdout).toContain('Nothing to change');
  });

  it('prints one JSON document, the same numbers for a range and its ends', async () => {
    const range = await command([...law, '--learning-rate', '1:10000', '--format', 'json'], temporaryFolder());
    const { rates, setting, thresholds, verification } = JSON.parse(range.stdout);
    expect(rates.map(({ learningRate }: { learningRate: number }) => learningRate)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(setting).toMatchObject({ batchSize: 256, dimension: 32, initial: { standardDeviation: 1 }, epochs: 10 });
    expect(verification).toBeNull();
    const ends = await command([...law, '--learning-rate', '1,10000', '--format', 'json'], temporaryFolder());
    expect(JSON.parse(ends.stdout).rates[1]).toEqual(rates[4]);
    expect(JSON.parse(ends.stdout).thresholds).toEqual(thresholds);
  });

  it('reads a table, and says how', async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 300 }, (_, row) => `u${row % 40},i${Math.floor(40 * ((row * 0.618) % 1) ** 2)}`);
    writeFileSync(join(folder, 't.csv'), `user,item\n${rows.join('\n')}\n`);
    const { code, stderr, stdout } = await command(['predict', '--data', 't.csv', '--batch-size', '32'], folder);
    expect(stderr).toMatch(/^t\.csv: read as csv: 40 users, \d+ items, 300 interactions$/m);
    expect(stdout).toContain('bias shows');
    expect(code).toBe(0);
  });

  it('verifies by training, and puts the measured threshold beside the predicted one', async () => {
    const words = [
      'predict',
      '--popularity',
      'zipf:1.0:150',
      '--interactions',
      '6000',
      '--dimension',
      '16',
      '--batch-size',
      '64',
    ];
    const { code, stdout } = await command(
      [...words, '--learning-rate', '50', '--verify', '--trainings', '6', '--quiet'],
      temporaryFolder(),
    );
    expect(stdout).toMatch(/measured +✓ from η = \d+\.?\d* on, a factor 1\.\d+ off/);
    const [, predicted, measured] = /^ +50 +shows +(0\.\d+) .* (0\.\d+) ± /m.exec(stdout)!;
    expect(Math.abs(Number(predicted) - Number(measured))).toBeLessThan(0.1);
    expect(code).toBe(0);
  });

  it.each([
    [[], 'expected --data FILE or --popularity zipf:EXPONENT:ITEMS, got neither'],
    [['--popularity', 'zipf:1'], 'expected zipf:EXPONENT:ITEMS'],
    [['--popularity', 'zipf:1:3'], 'expected 4 to 1e7 items'],
    [['--popularity', 'zipf:1:100', '--batch-size', '1'], 'expected a whole number from 2 to 1e9'],
    [['--popularity', 'zipf:1:100', '--learning-rate', '0'], 'expected a number from 1e-15 to 1e15'],
    [['--popularity', 'zipf:1:100', '--learning-rate', '10:1'], 'expected FROM:TO, rising'],
    [['--popularity', 'zipf:1:100', '--momentum', '1'], 'expected a number from 0 to below 1'],
    [['--popularity', 'zipf:1:100', '--top-k', '50'], '--top-k — expected less than half of the 100 items, got 50'],
    [['--popularity', 'zipf:1:100', '--optimizer', 'adam'], '--optimizer — expected sgd, got adam: no law'],
    [
      ['--popularity', 'zipf:1:100', '--momentum', '0.9', '--weight-decay', '0.1', '--decay', 'lazy'],
      '--decay — expected dense beside --momentum',
    ],
    [
      ['--popularity', 'zipf:1:100', '--learning-rate', '100', '--weight-decay', '0.02'],
      '--weight-decay — expected below 0.02 at the rate 100',
    ],
    [['--data', 'none.csv'], '--data none.csv — expected a user–item table, got no such file'],
    [['--data', 'none.csv', '--popularity', 'zipf:1:100'], 'cannot be used with option'],
    [['--popularity', 'zipf:1:100', '--init-std', '1', '--init-radius', '1'], 'cannot be used with option'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr, stdout } = await command(['predict', ...words], temporaryFolder());
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
