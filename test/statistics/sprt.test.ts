import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replicateStreams } from '../../src/random/streams.ts';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import { decideRate, type RateHypotheses, type SequentialDecision } from '../../src/statistics/sprt.ts';
import { share } from '../error-budget.ts';

const hypotheses: RateHypotheses = { lowerRate: 0.1, higherRate: 0.15, errorProbability: 0.05 };
const runs = 1000;

/** What the test decides in each of many runs at a true rate, looking after every trial. */
function decisions(rate: number): SequentialDecision[] {
  const streams = replicateStreams(8, 'sprt', 'sfc32');
  return Array.from({ length: runs }, (_, run) => {
    const uniform = streams(run)('claim');
    let successes = 0;
    for (let trials = 1; trials < 20_000; trials++) {
      if (uniform() < rate) successes += 1;
      const decision = decideRate(successes, trials, hypotheses);
      if (decision !== 'undecided') return decision;
    }
    return 'undecided';
  });
}

const wrong = (rate: number, answer: SequentialDecision) =>
  decisions(rate).filter((decision) => decision === answer).length;

describe('decideRate', () => {
  it.each([
    [0.1, 'the higher rate'],
    [0.15, 'the lower rate'],
  ] as const)('at a rate of %d decides for %s at most as often as it says', (rate, answer) => {
    expect(atMostPValue(wrong(rate, answer), runs, hypotheses.errorProbability)).toBeGreaterThan(share);
  });

  it('is seen to err more often by the same check at a rate between the two', () => {
    expect(atMostPValue(wrong(0.125, 'the higher rate'), runs, hypotheses.errorProbability)).toBeLessThan(share);
  });

  it('decides at the largest error there is, the least level that a scenario may ask for', () => {
    // The likelihood ratio must pass 2 or ½: (0.15/0.1)² = 2.25, (0.85/0.9)²⁰ = 0.32, 0.85/0.9 = 0.94.
    const coarse = { ...hypotheses, errorProbability: 0.5 };
    expect(decideRate(2, 2, coarse)).toBe('the higher rate');
    expect(decideRate(0, 20, coarse)).toBe('the lower rate');
    expect(decideRate(0, 1, coarse)).toBe('undecided');
  });

  it('never turns towards the lower rate for one success more among as many trials', () => {
    const towardsHigher: SequentialDecision[] = ['the lower rate', 'undecided', 'the higher rate'];
    const rank = (successes: number, trials: number) =>
      towardsHigher.indexOf(decideRate(successes, trials, hypotheses));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const successes = Math.min(trials - 1, Math.floor(part * trials));
        expect(rank(successes + 1, trials)).toBeGreaterThanOrEqual(rank(successes, trials));
      }),
    );
  });

  it('comes to an end', () => {
    expect(decisions(0.1)).not.toContain('undecided');
  });

  it.each([
    [{ lowerRate: 0.2, higherRate: 0.1 }],
    [{ lowerRate: 0 }],
    [{ higherRate: 1 }],
    [{ errorProbability: 0.51 }],
    [{ errorProbability: 0 }],
  ])('refuses %o', (change) => {
    expect(() => decideRate(1, 2, { ...hypotheses, ...change })).toThrow(RangeError);
  });
});
