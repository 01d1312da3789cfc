import { describe, expect, it } from 'vitest';
import type { ChunkResult } from '../../src/engine/engine-event.ts';
import type { Executor } from '../../src/engine/executor.ts';
import { runCells } from '../../src/engine/run-plan.ts';
import { toyInteractions } from '../../src/trainer/data-sets/toy.ts';
import { planTrainings, type TrainingCell, type Trainings, trainingKind } from '../../src/trainer/training-cell.ts';
import { trainingExecutor } from '../../src/trainer/training-executor.ts';
import { sgd, trainingOf } from './training.ts';

const tables = new Map([['abc', toyInteractions]]);
const epochs = 5;
const cells = planTrainings([
  { training: trainingOf({ epochs }), seed: 1, replicates: 3 },
  { training: trainingOf({ epochs, data: { from: 'table', sha256: 'abc' } }), seed: 1, replicates: 2 },
  { training: trainingOf({ epochs, batches: { sampler: 'epoch-shuffle', size: 5 } }), seed: 1, replicates: 2 },
]);

async function run(executor: Executor<TrainingCell, Trainings>, recovered: readonly ChunkResult<Trainings>[] = []) {
  const summaries: Trainings[] = [];
  const chunks: ChunkResult<Trainings>[] = [];
  for await (const event of runCells(cells, trainingKind, { executor, recovered })) {
    if (event.type === 'cell') summaries[event.cell.index] = event.summary;
    if (event.type === 'chunk')
      chunks.push({ cell: event.chunk.cell, block: event.chunk.block, summary: event.summary });
  }
  await executor.close();
  return { summaries: JSON.stringify(summaries), chunks };
}

const reference = await run(trainingExecutor(0, tables));

describe('trainings as cells', () => {
  it.each([1, 2, 4])('have the same bits on %d workers, tables and all', async (workers) => {
    expect((await run(trainingExecutor(workers, tables))).summaries).toBe(reference.summaries);
  });

  it('have the same bits when resumed from some of them, through JSON', async () => {
    const kept: ChunkResult<Trainings>[] = JSON.parse(
      JSON.stringify(reference.chunks.filter((_, index) => index % 2 === 1)),
    );
    const resumed = await run(trainingExecutor(0, tables), kept.toReversed());
    expect(resumed.summaries).toBe(reference.summaries);
  });

  it('differ from each other, and share their draws across rates', async () => {
    const [first] = JSON.parse(reference.summaries) as Trainings[];
    expect(first[0].items.initialNorm).not.toEqual(first[1].items.initialNorm);
    const training = trainingOf({ epochs, optimisers: { user: sgd(1), item: sgd(1) } });
    const [cell] = planTrainings([{ training, seed: 1, replicates: 1 }]);
    const executor = trainingExecutor(0, tables);
    const answer = await executor.run(cell, { cell: 0, block: 0, first: 0, replicates: 1 });
    const [slower] = (answer as { readonly summary: Trainings }).summary;
    expect(slower.items.initialNorm).toEqual(first[0].items.initialNorm);
    expect(slower.items.finalNorm).not.toEqual(first[0].items.finalNorm);
  });
});
