import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/engine/engine-event.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { planCells } from '../../src/engine/plan.ts';
import { type Patience, pairPatience, poolOf } from '../../src/engine/pool.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';
import type { Poisoning, poisons } from './fixtures/poisoned-worker.ts';

type Poison = keyof typeof poisons;

const request = { pair: pairOf(), coupling: 'steps', generator: 'sfc32', seed: 1, recordedSteps: [] } as const;
const cells = planCells([1, 2].map((seed) => ({ ...request, seed, replicates: 60 }))).cells.map((cell) => ({
  ...cell,
  chunkSize: 10,
}));
const file = new URL('fixtures/poisoned-worker.ts', import.meta.url);
const forEver = 2 ** 30;

/** Chunks that a thread does not survive, so often. */
function poisoning(chunks: readonly { block: number; poison: Poison; times: number }[]): Poisoning {
  const entries = chunks.map(({ block, poison, times }) => {
    const counter = new Int32Array(new SharedArrayBuffer(4)).fill(times);
    return [block, { poison, counter }] as const;
  });
  return Object.fromEntries(entries);
}

async function eventsOf(workerData: Poisoning, patience: Partial<Patience> = {}): Promise<EngineEvent[]> {
  const executor = poolOf<never, never>({
    workers: 2,
    file,
    patience: { ...pairPatience, ...patience },
    workerData,
    heapMb: 32,
  });
  const events: EngineEvent[] = [];
  try {
    for await (const event of runPlan({ cells }, { executor })) events.push(event);
  } finally {
    await executor.close();
  }
  return events;
}

const setAside = (events: readonly EngineEvent[]) =>
  events.flatMap((event) =>
    event.type === 'set aside' ? [`${event.chunk.cell}/${event.chunk.block}: ${event.why}`] : [],
  );
const chunks = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'chunk' ? [event] : [])).map(({ chunk, summary }) => ({ chunk, summary }));
const inOrder = (of: ReturnType<typeof chunks>) =>
  of.toSorted((a, b) => a.chunk.cell - b.chunk.cell || a.chunk.block - b.chunk.block);

async function soundChunks() {
  const events: EngineEvent[] = [];
  for await (const event of runPlan({ cells }, { executor: inProcess() })) events.push(event);
  return inOrder(chunks(events));
}

const threads = () => readdirSync('/proc/self/task').length;

describe('a pool whose threads end under a chunk', () => {
  const deadly: readonly Poison[] = ['exit', 'memory', 'throw', 'uncaught'];
  const poisonEach = (times: number) => poisoning(deadly.map((poison, block) => ({ block, poison, times })));

  it('sets it aside after three attempts and does the others, to the same numbers', async () => {
    const before = threads();
    const events = await eventsOf(poisonEach(forEver));
    const reasons = [
      'its worker ended with exit code 7, 3 times',
      'its worker ran out of memory, 3 times',
      'it threw RangeError: no such number, 3 times',
      'it threw RangeError: no such number, 3 times',
    ];
    const expected = [0, 1].flatMap((cell) => reasons.map((why, block) => `${cell}/${block}: ${why}`));
    expect(setAside(events).toSorted()).toEqual(expected);
    const sound = await soundChunks();
    expect(inOrder(chunks(events))).toEqual(sound.filter(({ chunk }) => chunk.block >= deadly.length));
    expect(threads()).toBeLessThanOrEqual(before + 1);
  });

  it('tries it again: two attempts may fail', async () => {
    const events = await eventsOf(poisonEach(2));
    expect(setAside(events)).toEqual([]);
    expect(inOrder(chunks(events))).toEqual(await soundChunks());
  });

  it('ends one that never ends, without another attempt; time spent waiting for a thread does not count', async () => {
    // Both threads are held up twice.
    const blocks = [0, 1, 2, 3].map((block) => ({ block, poison: 'loop' as const, times: 1 }));
    const events = await eventsOf(poisoning(blocks), { chunkTimeoutMs: 700 });
    expect(setAside(events)).toHaveLength(4);
    for (const told of setAside(events)) expect(told).toMatch(/: it took longer than the chunk timeout of 0.7 s$/);
    expect(chunks(events)).toHaveLength(8);
  });
});
