import { describe, expect, it } from 'vitest';
import { refuseGaps } from '../../src/distribution/missing-chunks.ts';
import type { FollowedChunk } from '../../src/engine/engine-event.ts';
import { chunkCount } from '../../src/engine/plan.ts';
import { planScenario } from '../../src/results/stored-plan.ts';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';

const fields = { kind: 'coupled', name: 'parts', popularity: { lower: 0.01, upper: 0.02 }, steps: 2000 };
const words = JSON.stringify({ ...fields, replicates: 400_000, sweep: { learningRate: [0.5, 1] } });
const planned = planScenario(await loadScenario(words), 'auto');
const cells = [...planned.plan.cells];

/** A summary of which nothing may be read. */
const unread = new Proxy({} as FollowedChunk<never>['summary'], {
  get: () => {
    throw new Error('the summary was read');
  },
});

const whole = cells.flatMap((cell) =>
  Array.from({ length: chunkCount(cell) }, (_, block) => ({ cell: cell.index, block, summary: unread, isOld: true })),
);

async function* inOrder(records: readonly FollowedChunk<never>[]) {
  yield* records;
}

const look = (records: readonly FollowedChunk<never>[]) => refuseGaps(planned, [], inOrder(records));

describe('looking for the chunks that parts of a run lack', () => {
  it('finds none where all are there, in any order, and reads no summary', async () => {
    expect(whole.length).toBeGreaterThan(10);
    await look(whole);
    await look([...whole.toReversed(), ...whole]);
  });

  it('counts those that are not there, and names their cells', async () => {
    const some = whole.filter(({ cell, block }) => cell === 0 || block % 2 === 0);
    const missing = whole.length - some.length;
    await expect(look(some)).rejects.toThrow(
      `cannot merge: ${missing} chunks are missing, of cell 1; name the folders`,
    );
    await expect(look([])).rejects.toThrow(`cannot merge: ${whole.length} chunks are missing, of cell 0, cell 1; name`);
  });

  it('wants nothing after a chunk that failed, and all before it', async () => {
    const failed = { cell: 1, block: 3, summary: { failure: 'overflow', replicate: 0 }, isOld: true };
    const before = whole.filter(({ cell, block }) => cell === 0 || block < 3);
    await look([...before, failed]);
    const gap = before.filter(({ cell, block }) => cell === 0 || block !== 1);
    await expect(look([...gap, failed])).rejects.toThrow('cannot merge: 1 chunk is missing, of cell 1');
  });

  it('refuses a chunk that the plan has not', async () => {
    const stray = { cell: 0, block: chunkCount(cells[0]), summary: unread, isOld: true };
    await expect(look([...whole, stray])).rejects.toThrow(RangeError);
  });
});
