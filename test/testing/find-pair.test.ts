import { expect, it } from 'vitest';
import { planCells } from '../../src/engine/plan.ts';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { articlePair } from '../../src/process/article-pair.ts';
import { firstBrokenPair } from '../../src/testing/find-pair.ts';
import type { IsBroken } from '../../src/testing/shrink.ts';

const pair = articlePair({
  popularity: { lower: 0.02, upper: 0.03 },
  batchSize: 16,
  steps: 100,
  gain: { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0 },
});
const request = { pair, coupling: 'auto', generator: 'sfc32', seed: 1, replicates: 2000, recordedSteps: [] } as const;

it.each(['auto', 'plain'] as const)('finds the first pair that is reversed at its end, by kernel: %s', (kernel) => {
  const [cell] = planCells([request], kernel).cells;
  expect(cell.kernel).toBe(kernel === 'auto' ? 'simd' : 'plain');
  // Rare enough for the first pair not to be one, common enough for some of 2,000 to be.
  const isReversed: IsBroken = ({ lower, upper }) => upper < 0.95 * lower;
  const found = firstBrokenPair(cell, isReversed)!;
  const reversed = Array.from({ length: found + 1 }, (_, replicate) =>
    isReversed(watchPair(cell, replicate, () => {})),
  );
  expect([found > 0, reversed.indexOf(true)]).toEqual([true, found]);
});

it('finds none where there is none', () => {
  expect(firstBrokenPair(planCells([request]).cells[0], () => false)).toBeNull();
});
