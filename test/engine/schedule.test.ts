import { describe, expect, it } from 'vitest';
import type { Executor } from '../../src/engine/executor.ts';
import { type CellRequest, type Chunk, chunksOf, type Plan, planCells } from '../../src/engine/plan.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import type { Shard } from '../../src/engine/shard.ts';
import { pairOf } from '../coupling/pairs.ts';

const request: CellRequest = {
  pair: pairOf({ steps: 20, batchSize: 8 }),
  coupling: 'events',
  generator: 'sfc32',
  seed: 1,
  replicates: 20_000,
  recordedSteps: [],
};

/** Twenty cells that need from a few chunks to some dozens. */
const stopping = planOf(
  Array.from({ length: 20 }, (_, index) => ({
    ...request,
    pair: pairOf({ steps: 10 + index, batchSize: 8, popularity: { lower: 0.01, upper: 0.1 + 0.02 * index } }),
    until: { 'norm.difference': { relativeHalfWidth: 0.05 }, level: 0.95 },
  })),
);

function planOf(requests: readonly CellRequest[]): Plan {
  return { cells: planCells(requests).cells.map((cell) => ({ ...cell, chunkSize: 64 })) };
}

/** As a pool of two workers: chunks end in the order in which they began, or one later; keeps which were started. */
function pool(concurrency = 3) {
  const started: Chunk[] = [];
  const executor: Executor = {
    concurrency,
    run: async (cell, chunk) => {
      started.push(chunk);
      const turns = 1 + (started.length % 2);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      return { summary: runChunk(cell, chunk), worker: 0 };
    },
    close: async () => {},
  };
  return { executor, started };
}

/** The chunks of a run in the order in which they were started, and how many of them were needed. */
async function startedIn(plan: Plan, options: { concurrency?: number; shard?: Shard } = {}) {
  const { executor, started } = pool(options.concurrency);
  let needed = 0;
  const shard = options.shard === undefined ? {} : { shard: options.shard };
  for await (const event of runPlan(plan, { executor, ...shard })) {
    if (event.type === 'cell') needed += Math.ceil(event.summary.norm.count / event.cell.chunkSize);
  }
  return { started, needed };
}

describe('the order in which chunks start', () => {
  it('wastes hardly any chunk past the point where a rule stops its cell', async () => {
    const { started, needed } = await startedIn(stopping);
    expect(needed).toBeGreaterThan(100);
    // At the end of the run alone, when the workers would idle.
    expect(started.length - needed).toBeLessThanOrEqual(4);
  });

  it('wastes none on one worker without a queue', async () => {
    const { started, needed } = await startedIn(stopping, { concurrency: 1 });
    expect(started.length).toBe(needed);
  });

  it('runs ahead in the only cell that is left', async () => {
    const { started } = await startedIn(
      planOf([{ ...request, until: { halfWidth: 1e-9, level: 0.95 }, replicates: 640 }]),
      {
        concurrency: 10,
      },
    );
    expect(started.map(({ block }) => block)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is that of the plan without a rule', async () => {
    const plan = planOf([request, { ...request, replicates: 100 }, request]);
    expect((await startedIn(plan)).started).toEqual([...chunksOf(plan)]);
  });

  it('leaves out what belongs to other shards, and no chunk is left out by all', async () => {
    const plan = planOf([
      request,
      { ...request, replicates: 100 },
      { ...request, until: { halfWidth: 1e-9, level: 0.95 } },
    ]);
    const parts = await Promise.all([1, 2, 3].map((number) => startedIn(plan, { shard: { number, of: 3 } })));
    const address = ({ cell, block }: Chunk) => `${cell}/${block}`;
    expect(parts.flatMap(({ started }) => started.map(address)).sort()).toEqual(
      [...chunksOf(plan)].map(address).sort(),
    );
  });
});
