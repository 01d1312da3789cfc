import { describe, expect, it } from 'vitest';
import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import { cellResult } from '../../src/engine/cell-result.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { expectedPrecision } from '../../src/engine/expected-precision.ts';
import { type Cell, type CellRequest, planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const constant = pairOf({ popularity: { lower: 0.02, upper: 0.04 }, batchSize: 16, steps: 200 });
const drawn = { ...constant, gain: { model: 'lognormal', sigma: 0.5, rho: 0, sharing: 'own' } } as const;
const request = { coupling: 'auto', generator: 'sfc32', seed: 1, recordedSteps: [], replicates: 20_000 } as const;

const planned = (more: Partial<CellRequest>): Cell => planCells([{ ...request, pair: constant, ...more }]).cells[0];

async function simulated(cell: Cell): Promise<ChunkSummary> {
  for await (const event of runPlan({ cells: [cell] }, { executor: inProcess() })) {
    if (event.type === 'cell') return event.summary;
  }
  throw new Error('the plan ended without its cell');
}

/** A standard error from 20,000 pairs is itself known to about half a per cent, times a few for long tails. */
const ofItself = 0.04;

describe('the expected standard errors', () => {
  it.each([
    ['by the exact law', {}, 'exact law'],
    ['by the exact law, of runs that share no draw', { coupling: 'independent' }, 'exact law'],
    ['by a pilot of other pairs where no law is known', { pair: drawn }, 'pilot'],
  ] as const)('are those of the run: %s', async (_, more, source) => {
    const cell = planned(more);
    const pilot = source === 'pilot' ? await simulated({ ...cell, seed: 99, replicates: 10_000 }) : null;
    const expected = expectedPrecision(cell, pilot);
    const { norm } = cellResult(cell, await simulated(cell));
    expect([expected.source, expected.replicates, expected.isReached]).toEqual([source, 20_000, null]);
    for (const of of ['lower', 'upper', 'difference'] as const) {
      expect(Math.abs(expected.standardErrors[of]! / norm[of].standardError! - 1)).toBeLessThan(ofItself);
    }
  });

  it('are not known of a drawn gain that was not tried', () => {
    const { source, standardErrors } = expectedPrecision(planned({ pair: drawn }), null);
    expect([source, standardErrors.difference]).toEqual(['nothing', null]);
  });
});

describe('the expected number of pairs', () => {
  it.each([0.05, 0.02, 0.01])('is where the run stops, to a chunk: half-width %f', async (halfWidth) => {
    const cell = { ...planned({ replicates: 1e6, until: { halfWidth, level: 0.95 } }), chunkSize: 500 };
    const { norm } = await simulated(cell);
    const { replicates, isReached } = expectedPrecision(cell, null);
    expect(isReached).toBe(true);
    expect(Math.abs(replicates - norm.count)).toBeLessThanOrEqual(Math.max(500, 0.05 * norm.count));
  });

  it('is all of them where they are not enough', () => {
    const until = { halfWidth: 1e-6, level: 0.95 };
    expect(expectedPrecision(planned({ until }), null)).toMatchObject({ replicates: 20_000, isReached: false });
  });

  it.each([
    ['a mean', { halfWidth: 0.01, level: 0.95 }],
    ['a rate', { violationRate: { atMost: 0.001, atLeast: 0.01 }, level: 0.95 }],
  ])('is all of them, and whether they are enough is not known, where nothing is known of %s', (_, until) => {
    const cell = planned({ pair: drawn, until });
    expect(expectedPrecision(cell, null)).toMatchObject({ replicates: 20_000, isReached: null });
  });

  it('is all of them where one target is out of reach, although nothing is known of another', () => {
    const known = { 'norm.lower': { halfWidth: 1e-9 } };
    const unknown = { 'squaredNorm.difference': { halfWidth: 1 } };
    const until = { ...known, ...unknown, level: 0.95 };
    expect(expectedPrecision(planned({ until }), null)).toMatchObject({ replicates: 20_000, isReached: false });
    const only = { ...unknown, level: 0.95 };
    expect(expectedPrecision(planned({ until: only }), null)).toMatchObject({ replicates: 20_000, isReached: null });
  });

  it('is that of Wald’s test, by the share of violated pairs that a pilot saw', async () => {
    const until = { violationRate: { atMost: 0.001, atLeast: 0.01 }, level: 0.95 };
    const cell = { ...planned({ pair: drawn, replicates: 1e6, until }), chunkSize: 10 };
    const pilot = await simulated({ ...planned({ pair: drawn, replicates: 5000 }), seed: 5 });
    const { replicates } = expectedPrecision(cell, pilot);
    const { order } = await simulated(cell);
    // Nearly all pairs are violated: each adds about log 10 to the ratio, and a few decide.
    expect(replicates).toBe(10);
    expect(order.pairs).toBe(10);
  });
});
