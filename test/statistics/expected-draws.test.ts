import { describe, expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { streamKey } from '../../src/random/stream-address.ts';
import { mixtureHalfWidth } from '../../src/statistics/confidence-sequences/normal-mixture.ts';
import { drawsForHalfWidth, drawsForRate } from '../../src/statistics/expected-draws.ts';
import { decideRate } from '../../src/statistics/sprt.ts';

describe('draws for a half-width', () => {
  const normal = { standardDeviation: 2, kurtosis: 3 };

  it.each([0.5, 0.1, 0.02])('are the first look at which the sequence is as narrow as %f', (halfWidth) => {
    const draws = drawsForHalfWidth({ halfWidth, level: 0.95 }, normal, { looksEvery: 64, most: 1e7 })!;
    expect(draws % 64).toBe(0);
    expect(mixtureHalfWidth(draws, 2, 0.05)).toBeLessThanOrEqual(halfWidth);
    if (draws > 320) expect(mixtureHalfWidth(draws - 64, 2, 0.05)).toBeGreaterThan(halfWidth);
  });

  it('are none where there are too few, or the draws do not vary', () => {
    const target = { halfWidth: 0.01, level: 0.95 };
    expect(drawsForHalfWidth(target, normal, { looksEvery: 64, most: 1000 })).toBeNull();
    const constant = { standardDeviation: 0, kurtosis: null };
    expect(drawsForHalfWidth(target, constant, { looksEvery: 64, most: 1e6 })).toBeNull();
  });

  it('wait for rare draws: a hundred for each unit of their kurtosis', () => {
    const rare = { standardDeviation: 0.001, kurtosis: 500 };
    expect(drawsForHalfWidth({ halfWidth: 1, level: 0.95 }, rare, { looksEvery: 100, most: 1e6 })).toBe(50_000);
  });
});

describe('draws for a rate', () => {
  const hypotheses = { lowerRate: 0.1, higherRate: 0.14, errorProbability: 0.05 };

  function simulatedMean(rate: number): number {
    const uniform = openGenerator('sfc32', streamKey({ seed: 1, group: 'sprt', purpose: 'claim', block: 0 }))(0);
    const runs = 400;
    let all = 0;
    for (let run = 0; run < runs; run++) {
      let [trials, successes] = [0, 0];
      do {
        trials += 1;
        if (uniform() < rate) successes += 1;
      } while (decideRate(successes, trials, hypotheses) === 'undecided');
      all += trials;
    }
    return all / runs;
  }

  // The standard error of 400 runs is about 4 %, and the overshoot adds a few per cent.
  it.each([0.02, 0.1, 0.118, 0.14, 0.3])('are the mean of Wald’s test at rate %f, to a fifth', (rate) => {
    const ratio = simulatedMean(rate) / drawsForRate(rate, hypotheses);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.2);
  });

  it('are finite where the two rates are told apart by nothing on average, and where no pair is violated', () => {
    expect(Number.isFinite(drawsForRate(0, hypotheses))).toBe(true);
    expect(drawsForRate(0.119, hypotheses)).toBeGreaterThan(drawsForRate(0.1, hypotheses));
  });
});
