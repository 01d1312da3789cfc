import { expect, it } from 'vitest';
import { type EngineEvent, expectNoFailure } from '../../src/engine/engine-event.ts';
import { answerOf, type Executor, inProcess, onThisThread } from '../../src/engine/executor.ts';
import { type Cell, planCells } from '../../src/engine/plan.ts';
import { runChunk } from '../../src/engine/run-chunk.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = { pair: pairOf(), coupling: 'steps', generator: 'sfc32', seed: 1, recordedSteps: [] } as const;
const until = { halfWidth: 1e-9, level: 0.95 };

function planOf(...more: object[]) {
  const cells = planCells(more.map((fields) => ({ ...request, replicates: 300, ...fields }))).cells;
  return { cells: cells.map((cell) => ({ ...cell, chunkSize: 10 })) };
}

/** Leaves chunk 1 of cell 0 out. */
function forgetful(): Executor & { readonly asked: string[] } {
  const executor = inProcess();
  const asked: string[] = [];
  return {
    ...executor,
    asked,
    run: async (cell, chunk) => {
      asked.push(`${chunk.cell}/${chunk.block}`);
      return chunk.cell === 0 && chunk.block === 1 ? null : executor.run(cell, chunk);
    },
  };
}

it('sets aside on this thread, too, a chunk that throws, and does the others', async () => {
  const throwing = onThisThread((cell: Cell, chunk) => {
    if (chunk.cell === 0 && chunk.block === 1) throw new TypeError('not a number');
    return answerOf(0, () => runChunk(cell, chunk));
  });
  const events = await eventsOf(planOf({}, {}), throwing);
  expect(events.flatMap((event) => (event.type === 'set aside' ? [event.why] : []))).toEqual([
    'it threw TypeError: not a number',
  ]);
  expect(events.filter(({ type }) => type === 'chunk')).toHaveLength(59);
  expect(events.flatMap((event) => (event.type === 'cell' ? [event.cell.index] : []))).toEqual([1]);
  expect(() => events.forEach(expectNoFailure)).toThrow('cell 0, chunk 1 (replicates 10 to 19): it threw TypeError');
});

async function eventsOf(plan: ReturnType<typeof planOf>, executor: Executor): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of runPlan(plan, { executor })) events.push(event);
  return events;
}

it('runs all other chunks when one is left out, and no verdict on its cell is told', async () => {
  const executor = forgetful();
  const events = await eventsOf(planOf({}, {}), executor);
  const chunks = events.flatMap((event) =>
    event.type === 'chunk' ? [`${event.chunk.cell}/${event.chunk.block}`] : [],
  );
  expect(chunks.toSorted()).toEqual(executor.asked.filter((name) => name !== '0/1').toSorted());
  expect(executor.asked).toHaveLength(60);
  expect(events.flatMap((event) => (event.type === 'cell' ? [event.cell.index] : []))).toEqual([1]);
});

it('runs no further chunks of a cell whose stopping rule can no longer be followed', async () => {
  const executor = forgetful();
  const events = await eventsOf(planOf({ until }, {}), executor);
  expect(executor.asked.filter((name) => name.startsWith('0/')).length).toBeLessThan(5);
  expect(events.flatMap((event) => (event.type === 'cell' ? [event.cell.index] : []))).toEqual([1]);
});
