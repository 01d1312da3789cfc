import { describe, expect, it } from 'vitest';
import { type CellResult, cellResult } from '../../src/engine/cell-result.ts';
import type { ChunkResult } from '../../src/engine/engine-event.ts';
import { type Executor, inProcess } from '../../src/engine/executor.ts';
import { type CellRequest, planCells } from '../../src/engine/plan.ts';
import { workerPool } from '../../src/engine/pool.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import type { StoppingRule } from '../../src/engine/stopping-rule.ts';
import { exactPairLaw } from '../../src/process/exact-law.ts';
import { atMostPValue } from '../../src/statistics/hypothesis-tests/binomial-test.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';

const replicates = 20_000;
const constant = pairOf({ steps: 50, batchSize: 8 });
const ownGains = pairOf({ steps: 50, batchSize: 8, gain: { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } });

function planOf(until: StoppingRule, changes: Partial<CellRequest> = {}) {
  const request = {
    pair: constant,
    coupling: 'events',
    generator: 'sfc32',
    seed: 1,
    replicates,
    recordedSteps: [],
  } as const;
  const { cells } = planCells([{ ...request, until, ...changes }]);
  return { cells: cells.map((cell) => ({ ...cell, chunkSize: 64 })) };
}

async function run(plan: ReturnType<typeof planOf>, executor: Executor, recovered: readonly ChunkResult[] = []) {
  const chunks: ChunkResult[] = [];
  let result: CellResult | null = null;
  for await (const event of runPlan(plan, { executor, recovered })) {
    if (event.type === 'chunk') chunks.push({ cell: 0, block: event.chunk.block, summary: event.summary });
    if (event.type === 'cell') result = cellResult(event.cell, event.summary);
  }
  await executor.close();
  return { chunks, result: result! };
}

function halfWidthOf({ stopping }: CellResult): number {
  return stopping?.rule === 'precision' ? stopping.targets[0].halfWidth! : Number.NaN;
}

const precise: StoppingRule = { halfWidth: 0.02, level: 0.95 };

describe('a precision target', () => {
  it('is met, with a chunk to spare at most', async () => {
    const { result } = await run(planOf(precise), inProcess());
    expect(result.stopping).toMatchObject({ rule: 'precision', isReached: true });
    expect(result.replicates).toBeLessThan(replicates);
    const halfWidth = halfWidthOf(result);
    expect(halfWidth).toBeLessThanOrEqual(0.02);
    // One chunk of 64 fewer narrows it by no more than this.
    expect(halfWidth).toBeGreaterThan(0.02 * Math.sqrt(1 - 64 / result.replicates) - 0.001);
  });

  it('ends with the same bits on any number of workers', async () => {
    const { result } = await run(planOf(precise), inProcess());
    for (const workers of [1, 2, 4]) {
      expect(JSON.stringify((await run(planOf(precise), workerPool(workers))).result)).toBe(JSON.stringify(result));
    }
  });

  it('ends with the same bits when resumed from any chunks, some of them past the point where it stops', async () => {
    const { result } = await run(planOf(precise), inProcess());
    const all = (await run(planOf({ halfWidth: 1e-9, level: 0.95 }), inProcess())).chunks;
    for (const kept of [(block: number) => block % 3 === 0, (block: number) => block > 5, () => true]) {
      const recovered = all.filter(({ block }) => kept(block)).toReversed();
      expect(JSON.stringify((await run(planOf(precise), inProcess(), recovered)).result)).toBe(JSON.stringify(result));
    }
  });

  it('is told as missed when the replicates run out', async () => {
    const { result } = await run(planOf({ halfWidth: 1e-9, level: 0.95 }), inProcess());
    expect(result).toMatchObject({ replicates, stopping: { isReached: false } });
  });

  it('covers the exact difference as often as it says, though each run stops where it likes', async () => {
    const exact = exactPairLaw(constant)!.norm.difference!.mean;
    let missing = 0;
    const runs = 200;
    for (let seed = 1; seed <= runs; seed++) {
      const { result } = await run(planOf({ halfWidth: 0.05, level: 0.9 }, { seed }), inProcess());
      const halfWidth = halfWidthOf(result);
      if (Math.abs(result.norm.difference.mean - exact) > halfWidth) missing += 1;
    }
    expect(atMostPValue(missing, runs, 0.1)).toBeGreaterThan(share);
  });
});

describe('a rate to decide', () => {
  it.each([
    [{ atMost: 0.1, atLeast: 0.2 }, 'the higher rate'],
    [{ atMost: 0.97, atLeast: 0.99 }, 'the lower rate'],
  ] as const)('%o is decided on few pairs: %s', async (violationRate, decision) => {
    const { result } = await run(planOf({ violationRate, level: 0.999 }, { pair: ownGains }), inProcess());
    expect(result.stopping).toEqual({
      rule: 'rate',
      isReached: true,
      level: 0.999,
      decision,
      replicatesAtMost: replicates,
    });
    expect(result.replicates).toBeLessThan(2000);
  });
});
