import { describe, expect, it } from 'vitest';
import { openGenerator } from '../../src/random/generators/index.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { openSampler } from '../../src/trainer/batches/sampler.ts';
import { generateInteractions } from '../../src/trainer/data-sets/generated.ts';
import { histories, popularities } from '../../src/trainer/data-sets/interactions.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { share } from '../error-budget.ts';

const uniformOf = (seed: number) => openGenerator('sfc32', 'd'.repeat(64))(seed);
const pairNames = ({ users, items }: { users: readonly number[]; items: readonly number[] }) =>
  users.map((user, slot) => `${user} ${items[slot]}`);
const allPairs = toyInteractions.pairs.map(([user, item]) => `${user} ${item}`);

describe('the sampler', () => {
  it('full: one batch of all pairs, in order', () => {
    const batches = openSampler('full', toyInteractions, 4)(uniformOf(1));
    expect(batches.map(pairNames)).toEqual([allPairs]);
  });

  it('epoch-shuffle: every pair once, another order each time, the last batch smaller', () => {
    const draw = openSampler('epoch-shuffle', toyInteractions, 4);
    const uniform = uniformOf(1);
    const [first, second] = [draw(uniform), draw(uniform)];
    expect(first.map(({ users }) => users.length)).toEqual([4, 4, 4, 4, 4, 4, 1]);
    for (const epoch of [first, second]) expect(epoch.flatMap(pairNames).sort()).toEqual([...allPairs].sort());
    expect(first.flatMap(pairNames)).not.toEqual(second.flatMap(pairNames));
  });

  it.each(['epoch-shuffle', 'slots'] as const)('%s: puts every pair into the first slot equally often', (name) => {
    const draw = openSampler(name, toyInteractions, 5);
    const uniform = uniformOf(2);
    const counts = allPairs.map(() => 0);
    for (let epoch = 0; epoch < 20_000; epoch++) counts[allPairs.indexOf(pairNames(draw(uniform)[0])[0])] += 1;
    expect(
      chiSquarePValue(
        counts,
        allPairs.map(() => 1 / allPairs.length),
      ),
    ).toBeGreaterThan(share);
    // A pair that comes half as often again is found.
    expect(
      chiSquarePValue(
        counts,
        allPairs.map((_, index) => (index === 0 ? 1.5 : 1 - 0.5 / 24) / 25),
      ),
    ).toBeLessThan(share);
  });

  it('slots: draws with replacement', () => {
    const batches = openSampler('slots', toyInteractions, 25)(uniformOf(3));
    expect(new Set(pairNames(batches[0])).size).toBeLessThan(25);
  });
});

describe('generated interactions', () => {
  const data = { users: 200, items: 100, interactions: 4000, zipfExponent: 1, factors: 4 };
  const generated = generateInteractions(data, uniformOf(4));

  it('are as many as asked for, without a pair twice, and equally many a user', () => {
    expect(generated.pairs).toHaveLength(4000);
    expect(new Set(generated.pairs.map(String)).size).toBe(4000);
    expect(new Set(histories(generated).map(({ length }) => length))).toEqual(new Set([20]));
  });

  it('favour the first items, and are the same again from the same draws', () => {
    const counts = popularities(generated);
    expect(counts[0]).toBeGreaterThan(4 * counts[50]);
    expect(generateInteractions(data, uniformOf(4))).toEqual(generated);
  });

  it('without exponent and factors favour none', () => {
    const flat = popularities(generateInteractions({ ...data, zipfExponent: 0, factors: 0 }, uniformOf(5)));
    expect(
      chiSquarePValue(
        flat,
        flat.map(() => 1 / flat.length),
      ),
    ).toBeGreaterThan(share);
  });
});

it('has the toy data of the article', () => {
  expect(toyInteractions.pairs).toHaveLength(25);
  expect(popularities(toyInteractions)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 2, 2, 2]);
});
