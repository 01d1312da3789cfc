import { describe, expect, it } from 'vitest';
import { emptySnapshot, nextSnapshot, pace } from '../../src/dashboard/snapshot.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { planCells } from '../../src/engine/plan.ts';
import { type ChunkResult, runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = {
  pair: pairOf({ steps: 10 }),
  coupling: 'steps',
  generator: 'sfc32',
  seed: 1,
  recordedSteps: [],
} as const;
const plan = { cells: planCells([{ ...request, replicates: 250 }]).cells.map((cell) => ({ ...cell, chunkSize: 100 })) };

async function snapshotAfter(recovered: readonly ChunkResult[]) {
  let snapshot = emptySnapshot(plan);
  const chunks: ChunkResult[] = [];
  for await (const event of runPlan(plan, { executor: inProcess(), recovered })) {
    snapshot = nextSnapshot(snapshot, plan, event);
    if (event.type === 'chunk')
      chunks.push({ cell: event.chunk.cell, block: event.chunk.block, summary: event.summary });
  }
  return { snapshot, chunks };
}

describe('the snapshot of a run', () => {
  it('counts what is done, and keeps the estimates of the latest cell', async () => {
    const { snapshot } = await snapshotAfter([]);
    expect(snapshot).toMatchObject({ cells: 1, cellsDone: 1, replicates: 250, replicatesDone: 250, pairSteps: 2500 });
    expect(snapshot.latest?.norm.count).toBe(250);
  });

  it('judges the pace by what this run did itself', async () => {
    const { chunks } = await snapshotAfter([]);
    const { snapshot } = await snapshotAfter(chunks.slice(0, 2));
    expect(snapshot).toMatchObject({ replicatesDone: 250, replicatesRecovered: 200, pairSteps: 500 });
    expect(pace({ ...snapshot, replicatesDone: 225 }, 5)).toEqual({ perSecond: 100, secondsLeft: 5 });
  });

  it('promises nothing before anything is done', () => {
    expect(pace(emptySnapshot(plan), 1)).toEqual({ perSecond: 0, secondsLeft: Number.POSITIVE_INFINITY });
  });
});
