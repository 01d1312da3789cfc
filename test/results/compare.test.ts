import { describe, expect, it } from 'vitest';
import { cellResult } from '../../src/engine/cell-result.ts';
import { type Cell, chunkAt, chunkCount, planCells } from '../../src/engine/plan.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import { exactPairLaw } from '../../src/process/exact-law.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { pairedQuantities } from '../../src/results/compare/compare-runs.ts';
import { matchCells, type SummaryCell } from '../../src/results/compare/match-cells.ts';
import { type ComparedCell, merged, pairBlocks } from '../../src/results/compare/pair-blocks.ts';
import { differenceEstimate, meanEstimate } from '../../src/statistics/pair-estimates.ts';
import { pairOf } from '../coupling/pairs.ts';
import { shareZ } from '../error-budget.ts';
import { sampleCells } from './fixtures/run-sources.ts';

const setting = { coupling: 'steps', generator: 'sfc32', recordedSteps: [] } as const;

interface Changes {
  readonly seed?: number;
  readonly replicates?: number;
  readonly chunkSize?: number;
  readonly coupling?: 'steps' | 'slots';
}

/** A cell, and the blocks that its journal would have. */
function computed(
  changes: Partial<PairParameters>,
  { seed = 1, replicates = 256, chunkSize = 32, ...more }: Changes = {},
) {
  const [cell] = planCells([{ ...setting, ...more, pair: pairOf(changes), seed, replicates }], 'plain').cells;
  const plan: Cell = { ...cell, chunkSize };
  const blocks = Array.from({ length: chunkCount(plan) }, (_, block) => runChunk(plan, chunkAt(plan, block)));
  return { plan, replicates, blocks } satisfies ComparedCell;
}

function blocksOf(a: ComparedCell, b: ComparedCell) {
  const paired = pairBlocks(a, b);
  if (!paired.isPaired) throw new Error(paired.reason);
  return paired.blocks;
}

/** The cells as a summary has them: of the numbers, only what is known exactly is looked at. */
function summaryPair(a: ComparedCell, b: ComparedCell) {
  const [ofA, ofB] = [a, b].map(({ plan, blocks }) => cellResult(plan!, blocks![0] as ReturnType<typeof runChunk>));
  const named = { a: ofA as unknown as SummaryCell, b: ofB as unknown as SummaryCell };
  return { ...named, place: {}, differing: {} };
}

describe('paired differences', () => {
  const changes = [{ learningRate: 1 }, { learningRate: 1.3 }];
  const [lawA, lawB] = changes.map((change) => exactPairLaw(pairOf(change))!.norm);
  const exact = {
    'norm.lower.mean': lawB.lower.mean - lawA.lower.mean,
    'norm.upper.mean': lawB.upper.mean - lawA.upper.mean,
    'norm.difference.mean': lawB.difference!.mean - lawA.difference!.mean,
  };
  const seeds = 600;
  const compared = Array.from({ length: seeds }, (_, seed) => {
    const [a, b] = changes.map((change) => computed(change, { seed }));
    return pairedQuantities(summaryPair(a, b), blocksOf(a, b));
  });

  /**
   * How far the squared errors of the estimates are from those that a standard error promises, over the seeds: 0 where
   * it is right, as a normal score. Σ d²/mean s² is σ²χ²(n), and the mean of s² has relative variance 2/(7n).
   */
  function misfit(quantity: keyof typeof exact, standardErrorOf: (of: (typeof compared)[0][0]) => number): number {
    const all = compared.map((quantities) => quantities.find((of) => of.quantity === quantity)!);
    const errors = all.reduce((sum, of) => sum + (of.difference - exact[quantity]) ** 2, 0) / seeds;
    const promised = all.reduce((sum, of) => sum + standardErrorOf(of) ** 2, 0) / seeds;
    return (errors / promised - 1) / Math.sqrt(2 / seeds + 2 / 7 / seeds);
  }

  const independentError = ({ standardError, varianceReduction }: (typeof compared)[0][0]) =>
    standardError! * Math.sqrt(varianceReduction!);

  it.each(Object.keys(exact) as (keyof typeof exact)[])('have the standard error that they promise: %s', (quantity) => {
    expect(Math.abs(misfit(quantity, ({ standardError }) => standardError!))).toBeLessThan(shareZ);
  });

  it.each(Object.keys(exact) as (keyof typeof exact)[])(
    'would have far too wide a one if the runs were taken as independent: %s',
    (quantity) => {
      expect(misfit(quantity, independentError)).toBeLessThan(-shareZ);
    },
  );

  it('have the exact difference beside them', () => {
    for (const { quantity, exact: beside } of compared[0].slice(0, 3)) {
      expect(beside).toBe(exact[quantity as keyof typeof exact]);
    }
  });

  it('and the variance reduction is what the runs of both cells taken alone would need', () => {
    const [a, b] = changes.map((change) => computed(change));
    const [lower] = pairedQuantities(summaryPair(a, b), blocksOf(a, b));
    const alone = [a, b].map(({ blocks }) =>
      meanEstimate(blocks.map(({ norm, order }) => ({ norm, order })).reduce(merged).norm, 0),
    );
    const variance = alone[0].standardError! ** 2 + alone[1].standardError! ** 2;
    expect(lower.varianceReduction).toBeCloseTo(variance / lower.standardError! ** 2, 9);
    expect(lower.varianceReduction).toBeGreaterThan(5);
  });
});

describe('blocks side by side', () => {
  const a = computed({}, { replicates: 512 });

  it('of different sizes are put together, and come to the same', () => {
    const wide = { learningRate: 2 };
    const fine = blocksOf(a, computed(wide, { replicates: 512, chunkSize: 64 }));
    const coarse = blocksOf(
      computed({}, { replicates: 512, chunkSize: 64 }),
      computed(wide, { replicates: 512, chunkSize: 64 }),
    );
    expect(fine).toHaveLength(8);
    for (const [index, [ofA, ofB]] of fine.entries()) {
      expect(ofA.order).toEqual(coarse[index][0].order);
      expect(ofA.norm.mean[0]).toBeCloseTo(coarse[index][0].norm.mean[0], 12);
      expect(ofB.norm).toEqual(coarse[index][1].norm);
    }
  });

  it('are those that both cells have in full, where one has more replicates', () => {
    const longer = computed({ learningRate: 2 }, { replicates: 600 });
    const shorter = computed({}, { replicates: 500 });
    const blocks = blocksOf(shorter, longer);
    expect(blocks).toHaveLength(15);
    expect(blocks.every(([ofA, ofB]) => ofA.norm.count === 32 && ofB.norm.count === 32)).toBe(true);
    expect(blocks[14][1].norm).toEqual(longer.blocks[14].norm);
  });

  it('take in the last, smaller one where both have it', () => {
    const both = blocksOf(computed({}, { replicates: 200 }), computed({ learningRate: 2 }, { replicates: 200 }));
    expect(both.map(([of]) => of.norm.count)).toEqual([32, 32, 32, 32, 32, 32, 8]);
  });

  it('leave out what a stopping rule did not count', () => {
    const stopped = { ...a, replicates: 256 };
    expect(blocksOf(stopped, a)).toHaveLength(8);
  });

  it.each([
    ['other seeds, 1 and 2', computed({}, { seed: 2 })],
    ['other draws: coupling steps and slots', computed({}, { coupling: 'slots' })],
    ['other draws: steps 6 and 7', computed({ steps: 7 })],
    ['another version made one of the runs', { ...a, plan: null }],
    ['a journal lacks blocks', { ...a, blocks: a.blocks.filter((_, block) => block !== 3) }],
    ['a journal lacks blocks', { ...a, blocks: null }],
    [
      'in only 4 of the 5 blocks that it takes to tell how closely: run both with 160 replicates',
      computed({}, { replicates: 128 }),
    ],
  ])('are refused, and why is said: %s', (reason, b) => {
    expect(pairBlocks(a, b)).toEqual({ isPaired: false, reason: expect.stringContaining(reason) });
  });
});

describe('cells are partners', async () => {
  const [sample] = await sampleCells();
  const cell = (index: number, swept: SummaryCell['swept'], parameters = {}): SummaryCell => ({
    ...sample,
    index,
    swept,
    parameters: { ...sample.parameters, ...parameters },
  });
  const rates = (...values: number[]) =>
    values.map((learningRate, index) => cell(index, { learningRate }, { learningRate }));
  const match = (a: SummaryCell[], b: SummaryCell[]) => matchCells({ path: 'a', cells: a }, { path: 'b', cells: b });

  it('by what they sweep, in any order; the others are named', () => {
    const { by, pairs, onlyA, onlyB } = match(rates(1, 2, 3), rates(3, 4, 1));
    expect(by).toEqual(['learningRate']);
    expect(pairs.map(({ a, b, place }) => [a.index, b.index, place.learningRate])).toEqual([
      [0, 2, 1],
      [2, 0, 3],
    ]);
    expect(onlyA).toEqual([{ cell: 1, place: { learningRate: 2 } }]);
    expect(onlyB).toEqual([{ cell: 1, place: { learningRate: 4 } }]);
  });

  it('by the parameters of a run that does not sweep what the other does', () => {
    const { pairs, onlyA } = match(rates(1, 2), [cell(0, {}, { learningRate: 2 })]);
    expect(pairs.map(({ a, b }) => [a.index, b.index])).toEqual([[1, 0]]);
    expect(onlyA).toHaveLength(1);
  });

  it('where each run has one, and what differs between them is told', () => {
    const [pair] = match([cell(0, {})], [cell(0, {}, { learningRate: 7, seed: 2 })]).pairs;
    const { learningRate, seed } = sample.parameters;
    expect(pair.differing).toEqual({ learningRate: [learningRate, 7], seed: [seed, 2] });
  });

  it('not where two of a run have the same values', () => {
    expect(() => match(rates(1, 1), rates(1))).toThrow('a: cells 0 and 1 have the same values');
  });
});

it('compares the difference of a pair as the pair itself does', () => {
  const a = computed({});
  const [, , difference] = pairedQuantities(summaryPair(a, a), blocksOf(a, a));
  const whole = a.blocks.map(({ norm, order }) => ({ norm, order })).reduce(merged);
  expect(difference).toMatchObject({
    a: differenceEstimate(whole.norm).estimate,
    difference: 0,
    standardError: 0,
    zScore: null,
    varianceReduction: null,
  });
});
