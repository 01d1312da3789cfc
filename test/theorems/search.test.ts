import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/maths/rational.ts';
import type { Run } from '../../src/process/gains/gain-model.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import type { Paint } from '../../src/report/paint.ts';
import { searchText } from '../../src/report/search-text.ts';
import { constantFamily } from '../../src/theorems/search/families/constant.ts';
import { inBatchSoftmaxFamily } from '../../src/theorems/search/families/in-batch-softmax.ts';
import { scheduleFamily } from '../../src/theorems/search/families/schedule.ts';
import { meanNormRounding, meanNorms } from '../../src/theorems/search/mean-norms.ts';
import { roundNumber } from '../../src/theorems/search/round-numbers.ts';
import { scenarioSnippet } from '../../src/theorems/search/scenario-snippet.ts';
import { type Counterexample, type SearchRequest, searchForBreak } from '../../src/theorems/search/search-for-break.ts';
import { load } from '../scenarios/files.ts';

const request: SearchRequest = { claim: 'A15', gain: 'schedule', steps: 4, candidates: 10_000, seed: 1 };

function foundBy(changes: Partial<SearchRequest>): Counterexample {
  const { found } = searchForBreak({ ...request, ...changes });
  expect(found).not.toBeNull();
  return found!;
}

const one = Rational.of(1);
const product = (a: Rational, b: Rational) => a.times(b);
const power = (base: Rational, exponent: number) => Array<Rational>(exponent).fill(base).reduce(product, one);

/** 10^40: mean norms are compared as integers of this unit. */
const scale = 10n ** 40n;
const scaled = ({ numerator, denominator }: Rational) => (numerator * scale) / denominator;

/** ⌊√n⌋ by Newton's method, from above. */
function integerRoot(square: bigint): bigint {
  let root = 1n << BigInt((square.toString(2).length / 2 + 1) | 0);
  for (;;) {
    const next = (root + square / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** c at a step whose batch holds so many copies, from the definitions of the two gain models. */
function exactGain({ gain, learningRate, batchSize }: PairParameters, step: number, copies: number): Rational {
  if (gain.model === 'trace') return Rational.of(gain.values[step - 1]);
  if (gain.model !== 'in-batch-softmax') throw new RangeError(gain.model);
  const slots = Rational.of(batchSize);
  const rate = Rational.of(learningRate).over(slots.times(Rational.of(gain.temperature)));
  const freedom = one.minus(one.over(Rational.of(gain.dimension)));
  const ownShare = one.minus(Rational.of(copies).over(slots));
  return [power(rate, 2), freedom, Rational.of(copies), ownShare].reduce(product);
}

const exactGrow = (s: Rational, c: Rational) => (c.numerator === 0n ? s : s.plus(c.over(s)));

/** E‖q‖ after the last step in units of 10^-40, by brute force over all sequences of copies, in exact fractions. */
function exactMeanNorm(pair: PairParameters, run: Run): bigint {
  const { batchSize, steps } = pair;
  const popularity = Rational.of(pair.popularity[run]);
  const arrangements = (copies: number): number =>
    copies === 0 ? 1 : (arrangements(copies - 1) * (batchSize - copies + 1)) / copies;
  const chances = Array.from({ length: batchSize + 1 }, (_, copies) => {
    const slots = power(popularity, copies).times(power(one.minus(popularity), batchSize - copies));
    return Rational.of(arrangements(copies)).times(slots);
  });
  const from = (step: number, probability: Rational, s: Rational): bigint => {
    if (step > steps) return (probability.numerator * integerRoot(scaled(s) * scale)) / probability.denominator;
    return chances.reduce((sum, chance, copies) => {
      const next = copies === 0 ? s : exactGrow(s, exactGain(pair, step, copies));
      return sum + from(step + 1, probability.times(chance), next);
    }, 0n);
  };
  return from(1, one, Rational.of(pair.initialSquaredNorm as number));
}

const expectFall = (pair: PairParameters) => {
  // Each of at most 64 terms was cut by less than two units.
  expect(exactMeanNorm(pair, 'lower') - exactMeanNorm(pair, 'upper')).toBeGreaterThan(1000n);
};

const digitsOf = (value: number) =>
  String(value)
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;

describe('the search against A15', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('rediscovers a break in two steps, in round numbers, from seed %d', (seed) => {
    const { pair, break: broken } = foundBy({ seed });
    expect([pair.steps, broken.step, broken.kind]).toEqual([2, 2, 'mean']);
    expectFall(pair);
    if (pair.gain.model !== 'trace') throw new RangeError(pair.gain.model);
    const { lower, upper } = pair.popularity;
    const numbers = [...pair.gain.values, pair.initialSquaredNorm as number, lower, upper];
    expect(numbers.map(digitsOf)).toEqual([1, 1, 1, 1, 1]);
    // By A6(ii) nothing else can break the order.
    expect(pair.gain.values[1]).toBeGreaterThan(pair.gain.values[0]);
  });

  it.each([1, 2, 3])('finds that the in-batch softmax breaks above p = ½, from seed %d', (seed) => {
    const { pair } = foundBy({ gain: 'in-batch-softmax', seed });
    expectFall(pair);
    // K copies and B − K copies gain the same, so that p and 1 − p have one law.
    expect(pair.popularity.lower + pair.popularity.upper).toBeGreaterThan(1);
    expect(pair.popularity.upper).toBeGreaterThan(0.5);
    expect([pair.steps, pair.batchSize]).toEqual([1, 2]);
  });

  it('cuts the steps after the break where only long trainings were tried', () => {
    // A single candidate goes to the longest trainings; three of the nine breaks that this finds come before their end.
    const found = Array.from({ length: 300 }, (_, seed) => searchForBreak({ ...request, candidates: 1, seed }).found);
    const breaks = found.filter((counterexample) => counterexample !== null);
    expect(breaks.length).toBeGreaterThan(0);
    for (const { pair, break: broken } of breaks) {
      expect(pair.steps).toBe(broken.step);
      expectFall(pair);
    }
  });
});

describe('the search against A6 without its conditions', () => {
  it.each([1, 2, 3, 4])('finds a path of two steps that flips at its end, from seed %d', (seed) => {
    const { pair, break: broken } = foundBy({ claim: 'a6', seed });
    if (broken.kind !== 'path') throw new RangeError(broken.kind);
    expect(broken.path.map(({ presentIn }) => presentIn)).toEqual(['upper', 'both']);
    expect(broken.probability).toBeCloseTo((pair.popularity.upper - pair.popularity.lower) * pair.popularity.lower, 15);
    const start = Rational.of(pair.initialSquaredNorm as number);
    const [first, second] = broken.path.map(({ gain }) => Rational.of(gain));
    const upper = exactGrow(start, first);
    expect(exactGrow(upper, second).minus(exactGrow(start, second)).sign()).toBe(-1);
    // Claim A1: the order flips iff c > s′s″.
    expect(second.minus(start.times(upper)).sign()).toBe(1);
    expect(broken.path[1].after.lower).toBeGreaterThan(broken.path[1].after.upper);
  });
});

describe('a search that finds nothing', () => {
  it.each(['A15', 'A6'])('tries every candidate with constant gains, and breaks %s with none', (claim) => {
    const { found, tried } = searchForBreak({ ...request, claim, gain: 'constant', steps: 6, candidates: 2000 });
    expect({ found, tried }).toEqual({ found: null, tried: 2000 });
  });

  it('finds nothing in one step, where a schedule is a constant gain', () => {
    expect(searchForBreak({ ...request, steps: 1, candidates: 2000 }).found).toBeNull();
  });
});

it('gives the same result for the same request, and draws other pairs from another seed', () => {
  const tried = [1, 1, 2, 1 + 2 ** 32].map((seed) => searchForBreak({ ...request, seed }).tried);
  expect(tried[1]).toBe(tried[0]);
  expect(new Set(tried).size).toBe(3);
});

it('refuses what it does not know with a list of what it knows', () => {
  const refused = (changes: Partial<SearchRequest>) => () => searchForBreak({ ...request, ...changes });
  expect(refused({ claim: 'A3' })).toThrow('search: expected a claim among A6, A15, got "A3"');
  expect(refused({ claim: 'A6', gain: 'in-batch-softmax' })).toThrow(
    'search: expected a gain for A6 among constant, schedule, got "in-batch-softmax"',
  );
});

describe('meanNorms', () => {
  it.each([constantFamily, scheduleFamily, inBatchSoftmaxFamily])(
    'stays within its bound on rounding: $name',
    (family) => {
      const pairs = fc.integer({ min: 1, max: family.mostSteps }).chain((steps) => family.pairs(steps));
      fc.assert(
        fc.property(pairs, (pair) => {
          const exact = exactMeanNorm(pair, 'upper');
          const computed = scaled(Rational.of(meanNorms(pair, 'upper')[pair.steps - 1]));
          const error = Number(((computed - exact) * scale) / exact) / Number(scale);
          expect(Math.abs(error)).toBeLessThan(meanNormRounding);
        }),
        { seed: 1, numRuns: 60 },
      );
    },
  );
});

it.each([
  [(value: number) => value >= 250, 300],
  [(value: number) => value > 0.3 && value < 0.4, 0.31],
  [(value: number) => value < 0.1, 0.01],
])('shrinks to the roundest number that will do: %s', (isWanted, roundest) => {
  const result = fc.check(
    fc.property(roundNumber([-2, 2]), (value) => !isWanted(value)),
    { seed: 1, numRuns: 1000 },
  );
  expect(result.counterexample).toEqual([roundest]);
});

describe('what is shown', () => {
  const plain = (text: string) => text;
  const paint: Paint = { bold: plain, dim: plain, good: plain, bad: plain, lower: plain, upper: plain };

  it.each([
    ['A15', 'schedule'],
    ['A15', 'in-batch-softmax'],
    ['A6', 'schedule'],
  ])('is a scenario that loads as the pair that was found: %s, %s', async (claim, gain) => {
    const { pair } = foundBy({ claim, gain });
    const { cells } = await load(scenarioSnippet('found', pair));
    expect([...cells].map((cell) => cell.pair)).toEqual([pair]);
  });

  it('is the inequality that flips a path', () => {
    const result = searchForBreak({ ...request, claim: 'A6' });
    const text = searchText(result, { name: 'found', yaml: 'kind: coupled\n' }, paint);
    const [, gain, product] = /c > s′s″ before it, for (\S+) > (\S+) \(claim A1\)/.exec(text)!;
    expect(Number(gain)).toBeGreaterThan(Number(product));
    expect(text).toContain('norm-growth run found.yaml\n\nkind: coupled\n');
  });

  it('is both expected norms, with digits that tell them apart', () => {
    const text = searchText(searchForBreak(request), null, paint);
    const [, lower, upper] = /E‖q′‖ = (\S+), E‖q″‖ = (\S+), smaller/.exec(text)!;
    expect(Number(lower)).toBeGreaterThan(Number(upper));
  });

  it('is that an empty search proves nothing', () => {
    const text = searchText(searchForBreak({ ...request, gain: 'constant', candidates: 50 }), null, paint);
    expect(text).toContain('no counterexample in 50 candidates (trainings of 1 to 4 steps, seed 1); that is no proof');
  });
});
