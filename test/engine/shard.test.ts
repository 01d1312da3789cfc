import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkAt, chunkCount } from '../../src/engine/plan.ts';
import { chunkCountInShard, chunksInShard, isInShard, replicatesInShard } from '../../src/engine/shard.ts';

const until = { halfWidth: 0.1, level: 0.95 };
const cells = fc
  .array(fc.record({ replicates: fc.integer({ min: 1, max: 300 }), isStopped: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) =>
    list.map(({ replicates, isStopped }, index) => ({
      index,
      replicates,
      chunkSize: 8,
      ...(isStopped ? { until } : {}),
    })),
  );

describe('the shards of a plan', () => {
  it('have every chunk once, and a cell with a stopping rule whole', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 9 }), (plan, of) => {
        for (const cell of plan) {
          const owners = Array.from({ length: chunkCount(cell) }, (_, block) =>
            Array.from({ length: of }, (__, index) => index + 1).filter((number) =>
              isInShard({ number, of }, cell, block),
            ),
          );
          expect(owners.every((numbers) => numbers.length === 1)).toBe(true);
          if (cell.until !== undefined) expect(new Set(owners.flat()).size).toBe(1);
        }
      }),
    );
  });

  it('tell which chunks of a cell they have, and how many; without a shard these are all', () => {
    const cell = { index: 1, replicates: 70, chunkSize: 10 };
    const blocks = [1, 2, 3].map((number) => [...chunksInShard({ number, of: 3 }, cell)]);
    expect(blocks).toEqual([
      [2, 5],
      [0, 3, 6],
      [1, 4],
    ]);
    expect(chunkCountInShard({ number: 2, of: 3 }, cell)).toBe(3);
    expect([chunkCountInShard(undefined, cell), replicatesInShard(undefined, cell)]).toEqual([7, 70]);
    const whole = { ...cell, until };
    expect([1, 2, 3].map((number) => chunkCountInShard({ number, of: 3 }, whole))).toEqual([0, 7, 0]);
  });

  it('have all replicates together, and equal shares of a long cell up to a chunk', () => {
    const cell = { index: 3, replicates: 1001, chunkSize: 10 };
    const shares = [1, 2, 3, 4].map((number) => replicatesInShard({ number, of: 4 }, cell));
    expect(shares.reduce((sum, share) => sum + share)).toBe(1001);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(10);
    expect(chunkAt(cell, 100).replicates).toBe(1);
  });
});
