import { sampleRankCorrelation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { pearson, spearman } from '../../src/statistics/correlation.ts';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import { share } from '../error-budget.ts';

describe('Pearson and Spearman', () => {
  it('are 1 and −1 on a line, and Spearman on any rising curve', () => {
    const xs = [1, 2, 3, 4, 5];
    expect(pearson(xs, [3, 5, 7, 9, 11])?.coefficient).toBeCloseTo(1, 12);
    expect(pearson(xs, [5, 4, 3, 2, 1])?.coefficient).toBeCloseTo(-1, 12);
    expect(spearman(xs, [1, 10, 100, 1000, 10_000])?.coefficient).toBeCloseTo(1, 12);
    expect(pearson(xs, [1, 10, 100, 1000, 10_000])!.coefficient).toBeLessThan(0.8);
  });

  it('have the values of a worked example', () => {
    // Deviations −2 … 2 against −1.6, −0.6, 0.4, −0.6, 2.4: 8 of √(10 · 9.2).
    const [xs, ys] = [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 2, 5],
    ];
    expect(pearson(xs, ys)?.coefficient).toBeCloseTo(8 / Math.sqrt(92), 12);
    // Ranks 0, 1.5, 3, 1.5, 4: the two twos share theirs. 8 of √(10 · 9.5).
    expect(spearman(xs, ys)?.coefficient).toBeCloseTo(8 / Math.sqrt(95), 12);
  });

  it('agree with another implementation where no ranks are tied', () => {
    const uniform = openGenerator('sfc32', 'c'.repeat(64))(0);
    const xs = Array.from({ length: 50 }, uniform);
    const ys = xs.map((x) => x + uniform());
    expect(spearman(xs, ys)?.coefficient).toBeCloseTo(sampleRankCorrelation(xs, ys), 12);
  });

  it.each([
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      [1, 1, 1, 1],
      [1, 2, 3, 4],
    ],
    [
      [1, 2, 3, 4],
      [7, 7, 7, 7],
    ],
  ])('are nothing where there are too few, or one side does not vary: %j, %j', (xs, ys) => {
    expect(pearson(xs, ys)).toBeNull();
    expect(spearman(xs, ys)).toBeNull();
  });
});

describe('the p-value', () => {
  const runs = 2000;
  const level = 0.01;
  const alarms = (of: typeof pearson, bound: number) => {
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const uniform = openGenerator('sfc32', 'p'.repeat(64))(run);
      const xs = Array.from({ length: 100 }, uniform);
      const ys = xs.map((x) => bound * x + uniform());
      if (of(xs, ys)!.pValue < level) count += 1;
    }
    return count;
  };

  it.each([
    ['Pearson', pearson],
    ['Spearman', spearman],
  ] as const)('of %s raises a false alarm about as often as its level says', (_, of) => {
    // Fisher's transform is asymptotic: a fifth above the level is allowed at 100 uniform draws.
    expect(atMostPValue(alarms(of, 0), runs, 1.2 * level)).toBeGreaterThan(share);
    expect(alarms(of, 0)).toBeGreaterThan(2);
  });

  it('finds a correlation of 0.45 nearly always', () => {
    expect(alarms(pearson, 0.5)).toBeGreaterThan(0.9 * runs);
  });
});
