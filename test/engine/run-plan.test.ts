import { describe, expect, it } from 'vitest';
import { cellResult } from '../../src/engine/cell-result.ts';
import type { ChunkResult, EngineEvent } from '../../src/engine/engine-event.ts';
import { type Executor, inProcess } from '../../src/engine/executor.ts';
import { type CellRequest, type Chunk, chunksOf, type Plan, planCells } from '../../src/engine/plan.ts';
import { workerPool } from '../../src/engine/pool.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import { coupledPairs, followCells, runPlan } from '../../src/engine/run-plan.ts';
import { isInShard } from '../../src/engine/shard.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { pairOf } from '../coupling/pairs.ts';

function requestOf(changes: Partial<CellRequest> = {}): CellRequest {
  const pair = pairOf({ steps: 50, batchSize: 8, gain: { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 } });
  return {
    pair,
    coupling: 'events',
    generator: 'sfc32',
    seed: 1,
    replicates: 900,
    recordedSteps: [10, 50],
    ...changes,
  };
}

/** Two cells of several small chunks. */
const plan: Plan = {
  cells: planCells([requestOf(), requestOf({ pair: pairOf({ steps: 50 }), replicates: 333 })]).cells.map((cell) => ({
    ...cell,
    chunkSize: 64,
  })),
};

async function eventsOf(options: Parameters<typeof runPlan>[1], of = plan): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of runPlan(of, options)) events.push(event);
  return events;
}

function resultsOf(events: readonly EngineEvent[]): string {
  const cells = events.flatMap((event) => (event.type === 'cell' ? [cellResult(event.cell, event.summary)] : []));
  return JSON.stringify(cells.toSorted((a, b) => a.replicates - b.replicates));
}

function chunkResultsOf(events: readonly EngineEvent[]): ChunkResult[] {
  return events.flatMap((event) => {
    return event.type === 'chunk' ? [{ cell: event.chunk.cell, block: event.chunk.block, summary: event.summary }] : [];
  });
}

/** Finishes chunks in an order that depends on a seed and nothing else. */
function shuffling(seed: string): Executor {
  const uniform = openGenerator('alea', seed)(0);
  const waiting: { chunk: Chunk; finish: () => void }[] = [];
  return {
    concurrency: 7,
    run: (cell, chunk) =>
      new Promise((resolve) => {
        waiting.push({ chunk, finish: () => resolve({ summary: runChunk(cell, chunk), worker: 0 }) });
        setImmediate(() => waiting.splice(Math.floor(uniform() * waiting.length), 1)[0].finish());
      }),
    close: async () => {},
  };
}

const reference = resultsOf(await eventsOf({ executor: inProcess() }));

describe('runPlan', () => {
  it('gives every chunk of every cell once, and every cell', async () => {
    const events = await eventsOf({ executor: inProcess() });
    expect(chunkResultsOf(events).map(({ cell, block }) => [cell, block])).toEqual(
      [...chunksOf(plan)].map(({ cell, block }) => [cell, block]),
    );
    expect(events.filter(({ type }) => type === 'cell')).toHaveLength(2);
  });

  it.each([1, 2, 4])('gives the same bits on %d workers', async (workers) => {
    const executor = workerPool(workers);
    try {
      expect(resultsOf(await eventsOf({ executor }))).toBe(reference);
    } finally {
      await executor.close();
    }
  });

  it.each(['a', 'b', 'c'])('gives the same bits when chunks finish in shuffled order %s', async (seed) => {
    expect(resultsOf(await eventsOf({ executor: shuffling(seed) }))).toBe(reference);
  });

  it('gives the same bits when resumed from any chunks, in any order, through JSON', async () => {
    const all = chunkResultsOf(await eventsOf({ executor: shuffling('d') }));
    for (const kept of [0, 1, 5, all.length - 1, all.length]) {
      const recovered: ChunkResult[] = JSON.parse(JSON.stringify(all.slice(0, kept)));
      const events = await eventsOf({ executor: shuffling('e'), recovered });
      expect(resultsOf(events)).toBe(reference);
      expect(events.filter((event) => event.type === 'chunk' && !event.isRecovered)).toHaveLength(all.length - kept);
    }
  });

  it('counts a chunk once, however often it is delivered', async () => {
    const all = chunkResultsOf(await eventsOf({ executor: inProcess() }));
    expect(resultsOf(await eventsOf({ executor: inProcess(), recovered: [...all, ...all] }))).toBe(reference);
  });

  it('refuses a recovered chunk that the plan does not have', async () => {
    const [{ summary }] = chunkResultsOf(await eventsOf({ executor: inProcess() }));
    const run = eventsOf({ executor: inProcess(), recovered: [{ cell: 9, block: 0, summary }] });
    await expect(run).rejects.toThrow('recovered chunk 0 of cell 9 is not in the plan');
  });

  it('follows a shard of another process without merging what it has no whole of', async () => {
    const all = chunkResultsOf(await eventsOf({ executor: inProcess() }));
    const shard = { number: 1, of: 2 };
    const ours = all.filter(({ cell, block }) => isInShard(shard, plan.cells.at(cell)!, block));
    async function* followed() {
      for (const result of ours) yield { ...result, isOld: false };
    }
    const told: string[] = [];
    for await (const { type } of followCells(plan.cells, coupledPairs, followed(), shard)) told.push(type);
    expect(told).toEqual(ours.map(() => 'chunk'));
  });

  it('hears that it is aborted while chunks of an earlier run are read', async () => {
    const all = chunkResultsOf(await eventsOf({ executor: inProcess() }));
    const stop = new AbortController();
    let read = 0;
    async function* endless() {
      for (;;) {
        yield all[read % all.length];
        read += 1;
        if (read === 10) stop.abort();
        if (read > 100) throw new Error('read on');
      }
    }
    const events = await eventsOf({ executor: inProcess(), recovered: endless(), signal: stop.signal });
    expect(read).toBe(10);
    expect(events.every((event) => event.type !== 'chunk' || event.isRecovered)).toBe(true);
  });

  it('starts no new chunk once aborted, and reports those under way', async () => {
    const stop = new AbortController();
    const events: EngineEvent[] = [];
    for await (const event of runPlan(plan, { executor: shuffling('f'), signal: stop.signal })) {
      events.push(event);
      if (chunkResultsOf(events).length === 3) stop.abort();
    }
    const finished = chunkResultsOf(events).length;
    expect(finished).toBeGreaterThanOrEqual(3);
    expect(finished).toBeLessThanOrEqual(3 + 7);
    const resumed = await eventsOf({ executor: inProcess(), recovered: chunkResultsOf(events) });
    expect(resultsOf(resumed)).toBe(reference);
  });

  it.each(['this thread', 'a pool'])(
    'names on %s the first pair whose squared norm overflows, and goes on with the other cells',
    async (where) => {
      const executor = where === 'a pool' ? workerPool(1) : inProcess();
      const pair = pairOf({ initialSquaredNorm: 1e-300, learningRate: 1e60, popularity: { lower: 0.5, upper: 1 } });
      const events = await eventsOf({ executor }, planCells([requestOf({ pair }), requestOf({})]));
      const failures = events.filter(({ type }) => type === 'failure');
      expect(failures).toMatchObject([{ cell: { index: 0 }, replicate: 0 }]);
      expect(failures[0]).toHaveProperty(
        'failure',
        expect.stringMatching(/cell 0, pair 0 \(seed 1, events\): the squared norms became .*Infinity/),
      );
      expect(events.flatMap((event) => (event.type === 'cell' ? [event.cell.index] : []))).toEqual([1]);
      await executor.close();
    },
  );

  it.each(['in order', 'in reverse'])(
    'names the first failing chunk of a cell, whichever is done first: %s',
    async (order) => {
      const bad = [5, 9];
      const executor: Executor = {
        concurrency: 4,
        run: async (cell, chunk) => {
          if (order === 'in reverse') await new Promise((resolve) => setTimeout(resolve, 10 * (4 - (chunk.block % 4))));
          if (cell.index === 0 && bad.includes(chunk.block))
            return { failure: `chunk ${chunk.block}`, replicate: 1, worker: 0 };
          return { summary: runChunk(cell, chunk), worker: 0 };
        },
        close: async () => {},
      };
      const events = await eventsOf({ executor });
      expect(events.filter(({ type }) => type === 'failure')).toMatchObject([
        { cell: { index: 0 }, failure: 'chunk 5' },
      ]);
      expect(events.flatMap((event) => (event.type === 'cell' ? [event.cell.index] : []))).toEqual([1]);
      // What the journal keeps of it comes to the same.
      const resumed = await eventsOf({ executor: inProcess(), recovered: chunkResultsOf(events) });
      expect(resumed.filter(({ type }) => type === 'failure')).toMatchObject([{ failure: 'chunk 5', replicate: 1 }]);
    },
  );

  it('lets no chunk run far ahead of one that is slow', async () => {
    let finishFirst = () => {};
    let started = 0;
    const executor: Executor = {
      concurrency: 1 + 1,
      run: async (cell, chunk) => {
        started += 1;
        if (chunk.block === 0) {
          await new Promise<void>((resolve) => {
            finishFirst = resolve;
          });
        }
        return { summary: runChunk(cell, chunk), worker: 0 };
      },
      close: async () => {},
    };
    const [cell] = planCells([requestOf({ replicates: 60 })]).cells;
    const run = eventsOf({ executor }, { cells: [{ ...cell, chunkSize: 1 }] });
    await new Promise((resolve) => setImmediate(resolve));
    while (started < 17) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(started).toBe(17);
    finishFirst();
    expect((await run).filter(({ type }) => type === 'chunk')).toHaveLength(60);
  });
});
