import { describe, expect, it } from 'vitest';
import { type AliasTable, aliasTable } from '../../src/kernels/alias-table.ts';
import { kernels } from '../../src/kernels/kernel-module.ts';
import { seedKernel } from '../../src/kernels/seed.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { share } from '../error-budget.ts';

/** The law that a table stands for: of each column its own share, and the rest of it to the other outcome. */
function lawOf({ bits, words }: AliasTable): Float64Array {
  const columns = 2 ** bits;
  const law = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const [low, high, other] = words.subarray(4 * column, 4 * column + 3);
    const own = high * 2 ** -32 + low * 2 ** -64;
    law[column] += own / columns;
    law[other] += (1 - own) / columns;
  }
  return law;
}

/** How often each outcome comes in so many draws. */
function drawn({ bits, words }: AliasTable, draws: number): number[] {
  const kernel = kernels();
  kernel.reset();
  seedKernel(kernel, 'alias table');
  const table = kernel.place(words);
  const counts = kernel.allocateZeros(4 * 2 ** bits);
  kernel.exports.drawOutcomes(draws, table, bits, counts);
  return [...kernel.words(counts, 2 ** bits)];
}

/** 1, ½, ⅓, … : one large outcome, many small ones. */
const harmonic = (outcomes: number) => Float64Array.from({ length: outcomes }, (_, index) => 1 / (index + 1));

const laws: { name: string; weights: Float64Array }[] = [
  { name: 'one outcome', weights: Float64Array.of(0.3) },
  { name: 'two outcomes', weights: Float64Array.of(0.3, 0.7) },
  { name: 'equal outcomes, a power of two of them', weights: new Float64Array(64).fill(1) },
  { name: 'equal outcomes, one more than a power of two', weights: new Float64Array(65).fill(1) },
  { name: 'outcomes of probability 0', weights: Float64Array.of(0, 0.2, 0, 0.5, 0.3, 0) },
  { name: 'one certain outcome among others of probability 0', weights: Float64Array.of(0, 0, 1, 0) },
  { name: 'a long tail', weights: harmonic(1000) },
  { name: 'weights from 1 down to 2⁻⁹⁹', weights: Float64Array.from({ length: 100 }, (_, index) => 2 ** -index) },
];

describe.each(laws)('an alias table of $name', ({ weights }) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = aliasTable(weights);
  const law = Array.from({ length: 2 ** table.bits }, (_, outcome) => (weights[outcome] ?? 0) / total);

  it('has shares that add up to the law', () => {
    const shares = lawOf(table);
    law.forEach((probability, outcome) => {
      expect(Math.abs(shares[outcome] - probability)).toBeLessThan(1e-15);
    });
  });

  it('is drawn from by the kernel as often as the law says, and never where it says 0', () => {
    const counts = drawn(table, 400_000);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400_000);
    law.forEach((probability, outcome) => {
      if (probability === 0) expect(counts[outcome]).toBe(0);
    });
    if (law.filter((probability) => probability > 0).length > 1) {
      expect(chiSquarePValue(counts, law)).toBeGreaterThan(share);
    }
  });
});

it('tells a law from one whose first outcome is 2 % likelier', () => {
  const weights = harmonic(20);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const law = Array.from({ length: 32 }, (_, outcome) => (weights[outcome] ?? 0) / total);
  const wrong = weights.slice();
  wrong[0] *= 1.02;
  expect(chiSquarePValue(drawn(aliasTable(weights), 2_000_000), law)).toBeGreaterThan(share);
  expect(chiSquarePValue(drawn(aliasTable(wrong), 2_000_000), law)).toBeLessThan(share);
});

it('returns the outcome drawn last', () => {
  const table = aliasTable(harmonic(20));
  const last = (draws: number) => {
    const kernel = kernels();
    kernel.reset();
    seedKernel(kernel, 'last');
    return kernel.exports.drawOutcomes(draws, kernel.place(table.words), table.bits, kernel.allocateZeros(4 * 32));
  };
  // Draw by draw the counts grow by one where the last outcome is, across the end of a bulk of 2016 draws.
  const outcomes = Array.from({ length: 2100 }, (_, index) => last(index + 1));
  const kernel = kernels();
  kernel.reset();
  seedKernel(kernel, 'last');
  const counts = kernel.allocateZeros(4 * 32);
  kernel.exports.drawOutcomes(2100, kernel.place(table.words), table.bits, counts);
  const expected = new Array(32).fill(0);
  for (const outcome of outcomes) expected[outcome] += 1;
  expect([...kernel.words(counts, 32)]).toEqual(expected);
});
