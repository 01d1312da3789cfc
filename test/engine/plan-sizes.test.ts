import { describe, expect, it } from 'vitest';
import { chunkCount, nominalNanoseconds, planCells } from '../../src/engine/plan.ts';
import { PlanSizes } from '../../src/engine/plan-sizes.ts';
import { replicatesInShard } from '../../src/engine/shard.ts';
import { pairOf } from '../coupling/pairs.ts';

const request = { generator: 'sfc32', seed: 1, recordedSteps: [] } as const;
const requests = [300, 10, 2000, 40].map((steps, place) => ({
  ...request,
  coupling: place === 3 ? ('slots' as const) : ('steps' as const),
  replicates: 1000 * (place + 1),
  pair: pairOf({ steps }),
}));
const { cells } = planCells(requests);

describe('the sizes of a plan', () => {
  const sizes = new PlanSizes(cells);

  it('are those of its cells', () => {
    const wanted = cells.map((cell) => ({
      index: cell.index,
      nominalNanoseconds: nominalNanoseconds(cell),
      replicates: cell.replicates,
      chunks: chunkCount(cell),
      chunkSize: cell.chunkSize,
      hasRule: false,
    }));
    expect([...sizes]).toMatchObject(wanted);
    expect(sizes.steps).toBe(300_000 + 20_000 + 6_000_000 + 160_000);
    expect(sizes.sum(({ replicates }) => replicates)).toBe(10_000);
  });

  it('are sorted by cost within each member', () => {
    expect(sizes.members.map(({ coupling }) => coupling)).toEqual(['steps', 'slots']);
    expect(sizes.byCost().map((places) => [...places])).toEqual([[1, 0, 2], [3]]);
  });

  it('are those of a shard’s part, without the cells that it has nothing of', () => {
    const few = planCells(requests.map((of) => ({ ...of, replicates: 10 }))).cells;
    const shard = { number: 2, of: 3 };
    const indices = few.filter((cell) => replicatesInShard(shard, cell) > 0).map(({ index }) => index);
    const part = new PlanSizes(few, shard);
    expect(indices).toEqual([1]);
    expect([...part].map(({ index }) => index)).toEqual(indices);
    expect(part.length).toBe(1);
  });
});
