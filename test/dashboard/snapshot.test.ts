import { describe, expect, it } from 'vitest';
import type { ChunkSummary } from '../../src/coupling/chunk-summary.ts';
import { coupledFacts } from '../../src/dashboard/facts-of-run.ts';
import { foldSeen } from '../../src/dashboard/fold-seen.ts';
import { paceOf, secondsLeftOf } from '../../src/dashboard/pace.ts';
import { emptySnapshot, type Seen, type Snapshot } from '../../src/dashboard/snapshot.ts';
import type { ChunkResult } from '../../src/engine/engine-event.ts';
import { inProcess } from '../../src/engine/executor.ts';
import { planCells } from '../../src/engine/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';
import { sweepSample, trainingSample } from './samples.ts';

const request = { coupling: 'steps', generator: 'sfc32', seed: 1, recordedSteps: [] } as const;
const plan = {
  cells: planCells([{ ...request, pair: pairOf({ steps: 10 }), replicates: 250 }]).cells.map((cell) => ({
    ...cell,
    chunkSize: 100,
  })),
};
const facts = coupledFacts('run', null, plan.cells, [{ swept: {}, expects: [] }]);
const judge = () => [];

/** A second passes between any two events. */
async function snapshotAfter(recovered: readonly ChunkResult[]) {
  const seen: Seen[] = [];
  const chunks: ChunkResult[] = [];
  for await (const event of runPlan(plan, { executor: inProcess(), recovered })) {
    seen.push({ atMs: 1000 * (seen.length + 1), event });
    if (event.type === 'chunk') {
      chunks.push({ cell: event.chunk.cell, block: event.chunk.block, summary: event.summary });
    }
  }
  return { seen, chunks, snapshot: foldSeen(emptySnapshot(facts, 0), seen, 1000 * seen.length, judge) };
}

describe('the snapshot of a run', () => {
  it('counts what is done, and keeps the merged cell', async () => {
    const { snapshot } = await snapshotAfter([]);
    expect(snapshot).toMatchObject({ replicatesDone: 250, replicatesReused: 0, latest: 0 });
    expect(snapshot.cells[0]).toMatchObject({ status: 'done', replicatesDone: 250 });
    expect((snapshot.cells[0].merged as ChunkSummary).norm.count).toBe(250);
    expect(snapshot.workers).toEqual([{ chunks: 3, steps: 2500 }]);
  });

  it('is the same however what was seen is cut into folds', async () => {
    const { seen, snapshot } = await snapshotAfter([]);
    const oneByOne = seen.reduce((before, one) => foldSeen(before, [one], one.atMs, judge), emptySnapshot(facts, 0));
    const withoutPace = ({ recent: _recent, ...rest }: Snapshot) => rest;
    expect(withoutPace(oneByOne)).toEqual(withoutPace(snapshot));
  });

  it('leaves the snapshot before as it was', async () => {
    const { seen } = await snapshotAfter([]);
    const before = foldSeen(emptySnapshot(facts, 0), seen.slice(0, 2), 2000, judge);
    const copy = structuredClone(before);
    foldSeen(before, seen.slice(2), 9000, judge);
    expect(before).toEqual(copy);
  });

  it('judges the pace by what this run did itself, and by its last seconds', async () => {
    const { chunks } = await snapshotAfter([]);
    const { snapshot } = await snapshotAfter(chunks.slice(0, 2));
    expect(snapshot).toMatchObject({ replicatesDone: 250, replicatesReused: 200 });
    expect(snapshot.workers).toEqual([{ chunks: 1, steps: 500 }]);
    const [cell] = snapshot.cells;
    const running: Snapshot = {
      ...snapshot,
      cells: [{ ...cell, status: 'running', replicatesDone: 150, replicatesReused: 100, startedMs: 0 }],
      recent: [
        { atMs: 1000, steps: 0, replicates: 0 },
        { atMs: 6000, steps: 500, replicates: 50 },
      ],
    };
    // 100 steps a second; 100 pairs of 10 steps are left.
    expect(paceOf(running)).toEqual({ stepsPerSecond: 100, secondsLeft: 10 });
    expect(secondsLeftOf(running.cells[0], 250, 5000)).toBe(10);
  });

  it('promises nothing before anything is done', () => {
    expect(paceOf(emptySnapshot(facts, 0))).toEqual({ stepsPerSecond: 0, secondsLeft: Number.POSITIVE_INFINITY });
  });

  it('counts a cell whose replicates an earlier run had left as reused', async () => {
    const { chunks } = await snapshotAfter([]);
    const { snapshot } = await snapshotAfter(chunks);
    expect(snapshot.cells[0]).toMatchObject({ status: 'done', replicatesDone: 250, replicatesReused: 250 });
    expect(snapshot.workers).toEqual([]);
  });

  it('keeps what finished cells were found to be, and nothing of the others', async () => {
    const { cells } = await sweepSample();
    const found = cells.filter(({ findings }) => findings !== null);
    expect(found.length).toBeGreaterThan(0);
    for (const { status, findings } of cells) expect(findings === null).toBe(status !== 'done');
  });

  it('marks the cells under way as failed when the run has', async () => {
    const snapshot = await sweepSample();
    const failed = foldSeen(snapshot, [{ atMs: 1, state: 'failed' }], 1, judge);
    for (const [index, { status }] of snapshot.cells.entries()) {
      expect(failed.cells[index].status).toBe(status === 'running' ? 'failed' : status);
    }
  });

  it('follows trainings epoch by epoch, until the cell tells them whole', async () => {
    const underWay = await trainingSample();
    expect(underWay.epochsDone).toBe(32);
    expect(underWay.trainings).toMatchObject([
      { cell: 0, training: 0, epoch: 20, isDone: true },
      { cell: 0, training: 1, epoch: 12, isDone: false },
    ]);
    expect(underWay.trainings[1].losses).toHaveLength(12);
    expect(underWay.trainings[1].records.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 10]);
    const done = await trainingSample({ isDone: true });
    expect(done.epochsDone).toBe(40);
    expect(done.trainings.map(({ isDone }) => isDone)).toEqual([true, true]);
  });

  it('takes no notice of an epoch that comes after the training has been told whole', async () => {
    const done = await trainingSample({ isDone: true });
    const late: Seen = { atMs: 1, epoch: { cell: 0, training: 1, epoch: 20, loss: 1, record: null } };
    expect(foldSeen(done, [late], done.nowMs, judge)).toMatchObject({ epochsDone: 40, trainings: done.trainings });
  });
});
