import { AssertionError } from 'node:assert';
import { describe, expect, it } from 'vitest';
import { type Executor, inProcess } from '../../src/engine/executor.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import {
  assertLawEquals,
  assertMeanAtLeast,
  assertOrderKept,
  assertOrderViolatedOnlyWherePredicted,
  assertStochasticDominance,
  type TestedPair,
} from '../../src/testing/index.ts';
import { share } from '../error-budget.ts';

const article: TestedPair = { popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 100 };
const ownGains: TestedPair = { ...article, gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } };
const rising: TestedPair = {
  ...article,
  initialSquaredNorm: 0.3,
  gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'warm-up', from: 0.1, over: 50 } },
};
/** Above p ≈ ½ an item that fills its batches stops growing. */
const softmax: TestedPair = {
  ...article,
  popularity: { lower: 0.6, upper: 0.9 },
  learningRate: 8,
  gain: { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 64 },
};

/** The lines of the message with which an assertion fails, by their first words. */
async function failureOf(assertion: () => unknown): Promise<Record<string, string>> {
  const error = await Promise.resolve()
    .then(assertion)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof AssertionError)) throw error ?? new Error('the assertion passed');
  return Object.fromEntries(error.message.split('\n').map((line) => line.split(/: (.*)/s)));
}

/** Independent draws from Uniform[0, 1). */
function uniforms(count: number, name: number): number[] {
  const uniform = openGenerator('sfc32', String(name).padStart(64, '0'))(0);
  return Array.from({ length: count }, uniform);
}

const linesOfPair = ['claim', 'measured', 'false-alarm rate', 'seed', 'address', 'counterexample', 'replay'];

describe('assertOrderKept', () => {
  it('passes for a constant gain, and where A6(ii) keeps the order', async () => {
    await assertOrderKept(article);
    await assertOrderKept({
      ...rising,
      gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'exponential', factor: 0.99 } },
    });
  });

  it('fails for a rising rate with every line, and two steps that show why', async () => {
    const lines = await failureOf(() => assertOrderKept(rising, { seed: 7, replicates: 2000 }));
    expect(Object.keys(lines)).toEqual(linesOfPair);
    expect(lines.measured).toMatch(/^[\d,]+ of 2,000 pairs violated, [\d,]+ new violations; expected: none$/);
    expect(lines['false-alarm rate']).toBe('0: one path is a proof');
    expect(lines.seed).toBe('7');
    expect(lines.address).toMatch(/^cell group [0-9a-f]{12} \(events, simd\), chunk 0, pair \d+, step \d+$/);
    const [, start, first, second] = lines.counterexample
      .match(/^s₀ = (\S+); step 1: in the upper run alone, c = (\S+); step 2: in both runs, c = (\S+); then /)!
      .map(Number);
    // Claim A1.
    expect(second).toBeGreaterThan(start * (start + first / start));
    expect(lines.replay).toContain('"seed":7,"replicates":2000');
  });

  it('fails for own gains, the softmax, both kinds of decay and momentum', async () => {
    const counterexamples = await Promise.all(
      [
        ownGains,
        softmax,
        { ...article, initialSquaredNorm: 17, weightDecay: { rate: 0.1, applies: 'lazy' as const } },
        { ...rising, initialSquaredNorm: 17, weightDecay: { rate: 0.1, applies: 'dense' as const } },
        { ...article, momentum: { beta: 0.9, dimension: 4 } },
      ].map(async (pair) => (await failureOf(() => assertOrderKept(pair, { replicates: 2000 }))).counterexample),
    );
    expect(counterexamples).toEqual([
      expect.stringMatching(/^s₀ = \d; step 1: in both runs, c′ = (0\.)?\d, c″ = (0\.)?\d; then /),
      expect.stringMatching(/^s₀ = 1; step 1: in both runs, c′ = 0\.\d, c″ = 0; then /),
      expect.stringMatching(/^s₀ = \d+; step 1: in the upper run alone, c = \d, κ′ = 1, κ″ = 0\.\d; then /),
      expect.stringMatching(/^s₀ = \d+; step 1: in the upper run alone, .*: in both runs, c = \d, κ = 0\.\d; then /),
      expect.stringMatching(/^not shrunk: with momentum/),
    ]);
  });

  it('refuses parameters out of range, by their name', async () => {
    await expect(assertOrderKept({ ...article, batchSize: 0 })).rejects.toThrow(/batchSize — expected an integer/);
  });
});

describe('assertOrderViolatedOnlyWherePredicted', () => {
  it.each([
    ['a rising rate', rising],
    ['own gains', ownGains],
    ['the softmax', softmax],
  ])('passes for %s, which does violate the order', async (_, pair) => {
    await assertOrderViolatedOnlyWherePredicted(pair, { replicates: 2000 });
    await failureOf(() => assertOrderKept(pair, { replicates: 2000 }));
  });

  it('fails for a simulator that counts one prediction too few', async () => {
    const honest = inProcess();
    const forgetful: Executor = {
      ...honest,
      run: async (cell, chunk) => {
        const answer = await honest.run(cell, chunk);
        if (answer === null || !('summary' in answer)) return answer;
        const { summary, worker } = answer;
        const newViolationsPredicted = summary.order.newViolationsPredicted! - 1;
        return { summary: { ...summary, order: { ...summary.order, newViolationsPredicted } }, worker };
      },
    };
    const options = { replicates: 50, executor: forgetful };
    const lines = await failureOf(() => assertOrderViolatedOnlyWherePredicted(ownGains, options));
    expect(Object.keys(lines)).toEqual(linesOfPair);
    const [, violations, predicted] = lines.measured.match(/^(\d+) new .* expected: (\d+), as predicted$/)!.map(Number);
    expect(predicted).toBe(violations - 1);
  });

  it('refuses momentum, where there is no criterion', async () => {
    const pair = { ...article, momentum: { beta: 0.5, dimension: 4 } };
    await expect(assertOrderViolatedOnlyWherePredicted(pair)).rejects.toThrow('no sharp criterion is known');
  });
});

describe('assertStochasticDominance', () => {
  it('passes for own gains, whose single pairs are reversed (A11)', () =>
    assertStochasticDominance(ownGains, { replicates: 20_000 }));

  it('fails for the softmax, with a pair that ends reversed', async () => {
    const lines = await failureOf(() => assertStochasticDominance(softmax, { replicates: 2000 }));
    expect(Object.keys(lines)).toEqual(linesOfPair);
    expect(lines['false-alarm rate']).toMatch(/^1e-6, by the DKW inequality/);
    expect(lines.counterexample).toMatch(/^one pair that ends reversed: s₀ = 1; step 1: in both runs, /);
  });

  it('passes for a sample above another, and fails the other way round', async () => {
    const [lower, upper] = [uniforms(500, 1), uniforms(900, 2).map((draw) => draw + 0.4)];
    assertStochasticDominance(upper, lower);
    const lines = await failureOf(() => assertStochasticDominance(lower, upper));
    const [, x, ofUpper, ofLower] = lines.counterexample
      .match(/^x = (\S+): a share (\S+) of the upper sample is at most x, (\S+) of the lower$/)!
      .map(Number);
    // The exact shares are x and x − 0.4, and 500 draws miss them by 0.13 with a probability below 1e-7.
    expect(Math.abs(ofUpper - x)).toBeLessThan(0.13);
    expect(Math.abs(ofLower - Math.max(0, x - 0.4))).toBeLessThan(0.13);
  });

  it('allows each sample its share of the false-alarm rate', async () => {
    const lines = await failureOf(() => assertStochasticDominance(Array(500).fill(0), Array(800).fill(1)));
    const excess = Number(lines.measured.match(/at most (\S+) with 500 and 800 draws/)![1]);
    // F̂″ may stray by t of it and F̂′ by the rest, in inverse proportion to the roots of the sample sizes.
    const strays = [Math.sqrt(800), Math.sqrt(500)].map((root) => (excess * root) / (Math.sqrt(500) + Math.sqrt(800)));
    const chances = [Math.exp(-2 * 500 * strays[0] ** 2), Math.exp(-2 * 800 * strays[1] ** 2)];
    // Printed to four digits, of which the exponent makes a hundredth.
    expect((chances[0] + chances[1]) / 1e-6).toBeCloseTo(1, 1);
  });

  it('keeps its false-alarm rate for samples of one law, though one is the mirror of the other', () => {
    const alarms = Array.from({ length: 1000 }, (_, run) => {
      const upper = uniforms(40, run);
      const lower = upper.map((draw) => 1 - draw);
      try {
        assertStochasticDominance(upper, lower, { falseAlarmRate: 0.1 });
        return 0;
      } catch {
        return 1 as number;
      }
    }).reduce((sum, alarm) => sum + alarm, 0);
    expect(atMostPValue(alarms, 1000, 0.1)).toBeGreaterThan(share);
  });
});

describe('assertLawEquals', () => {
  const draws = uniforms(4000, 3);

  it('passes for the law of the draws, and fails for one that is 0.1 away', async () => {
    assertLawEquals(draws, (x) => x);
    const lines = await failureOf(() => assertLawEquals(draws, (x) => Math.min(1, Math.max(0, 1.1 * x))));
    expect(lines.counterexample).toMatch(/^x = 0\.\d: a share 0\.\d+ of the sample is at most x, the law says /);
  });

  it('passes for probabilities of integers, and fails for others', async () => {
    const tosses = draws.map((draw) => (draw < 0.3 ? 0 : draw < 0.8 ? 1 : 2));
    assertLawEquals(tosses, [0.3, 0.5, 0.2]);
    const lines = await failureOf(() => assertLawEquals(tosses, [0.3, 0.4, 0.3]));
    expect(lines.counterexample).toMatch(/^x = 1: a share 0\.\d+ of the sample is at most x, the law says 0\.7000$/);
  });

  it('is refuted by one draw that the law calls impossible, at rate 0', async () => {
    for (const impossible of [2, 0.5, -1, 7]) {
      const lines = await failureOf(() => assertLawEquals([0, 1, impossible], [0.5, 0.5, 0]));
      expect(lines['false-alarm rate']).toBe('0: the law calls this draw impossible');
    }
  });

  it('sees a gap that lies just below a draw', async () => {
    const lines = await failureOf(() => assertLawEquals(Array(100).fill(1), (x) => Math.min(1, x)));
    expect(lines.counterexample).toBe('x = 1: a share 0 of the sample is below x, the law says 1.000');
  });

  it('refuses a law that is none, and a sample that is none', () => {
    expect(() => assertLawEquals([0, 1], [0.5, 0.4])).toThrow('expected probabilities of sum 1, got 0.9');
    expect(() => assertLawEquals([0, 1], (x) => 2 * x)).toThrow('expected a probability for P(X ≤ 1), got 2');
    expect(() => assertLawEquals([], (x) => x)).toThrow('expected a sample of at least one number');
    expect(() => assertLawEquals([0, Number.NaN], (x) => x)).toThrow('got NaN at position 1');
    expect(() => assertLawEquals([0], (x) => x, { falseAlarmRate: 0 })).toThrow('expected a number between 0 and 1');
  });
});

describe('assertMeanAtLeast', () => {
  const draws = uniforms(2000, 4);

  it.each([
    ['z', {}],
    ['betting', { range: [0, 1] as const }],
  ])('passes for a bound of 0.49 and fails for 0.58: %s', async (test, options) => {
    assertMeanAtLeast(draws, 0.49, options);
    const lines = await failureOf(() => assertMeanAtLeast(draws, 0.58, options));
    expect(lines['false-alarm rate']).toContain(test);
    expect(lines.measured).toMatch(/^0\.\d+ ± 0\.006\d from 2,000 draws \(p = .*\); expected: at least 0\.58$/);
  });

  it('passes for the article’s pair, and fails for the softmax and for a bound that is too high', async () => {
    await assertMeanAtLeast(article, 0);
    const reversed = await failureOf(() => assertMeanAtLeast(softmax, 0, { replicates: 2000 }));
    expect(Object.keys(reversed)).toEqual(linesOfPair);
    expect(reversed.counterexample).toMatch(/^one pair that ends below the bound: s₀ = 1; step 1: /);
    const tooHigh = await failureOf(() => assertMeanAtLeast(article, 1));
    expect(tooHigh.counterexample).toBe('none on a single path: the claim is about the mean alone');
  });

  it('refuses few draws without a range, and admits that draws which are all alike say little', async () => {
    expect(() => assertMeanAtLeast(draws.slice(0, 999), 0.4)).toThrow('expected at least 1000 draws for a z-test');
    const lines = await failureOf(() => assertMeanAtLeast(Array(1000).fill(1), 2));
    expect(lines['false-alarm rate']).toBe('unknown, because all draws are alike');
  });
});
