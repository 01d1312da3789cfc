import { describe, expect, it } from 'vitest';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { drawBinomial } from '../../src/random/binomial.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { share } from '../error-budget.ts';

const draws = 200_000;

/** p-value of the law of `draw` against Bin(trials, probability). */
function lawPValue(trials: number, probability: number, draw: (uniform: () => number) => number): number {
  const uniform = replicateStreams(3, `${trials} ${probability}`, 'sfc32')(0)('presence');
  const observed = new Array(trials + 1).fill(0);
  for (let index = 0; index < draws; index++) observed[draw(uniform)] += 1;
  return chiSquarePValue(
    observed,
    observed.map((_, successes) => binomialPmf(successes, trials, probability)),
  );
}

describe('drawBinomial', () => {
  it.each([
    [1, 0.3],
    [8, 0.5],
    [200, 0.02],
    [100, 0.1],
    [64, 0.4],
    [1000, 0.31],
    [1000, 0.75],
    [5000, 0.999],
  ])('draws Bin(%d, %d)', (trials, probability) => {
    expect(lawPValue(trials, probability, (uniform) => drawBinomial(trials, probability, uniform))).toBeGreaterThan(
      share,
    );
  });

  it.each([
    [200, 0.02],
    [1000, 0.31],
  ])('the same check rejects a sampler of Bin(%d, %d) that succeeds 2 %% too often', (trials, probability) => {
    const wrong = (uniform: () => number) => drawBinomial(trials, 1.02 * probability, uniform);
    expect(lawPValue(trials, probability, wrong)).toBeLessThan(share);
  });

  it('is certain at probabilities 0 and 1', () => {
    expect(drawBinomial(10, 0, () => 0)).toBe(0);
    expect(drawBinomial(10, 1, () => 0.999)).toBe(10);
    expect(drawBinomial(0, 0.5, () => 0.5)).toBe(0);
  });

  it('ends at the largest uniform, however small the probability', () => {
    expect(drawBinomial(1e9, 1e-12, () => 1 - 2 ** -53)).toBeLessThan(10);
  });
});
