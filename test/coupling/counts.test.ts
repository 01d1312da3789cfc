import { expect, it } from 'vitest';
import { counts } from '../../src/coupling/counts.ts';
import { openWalk } from '../../src/coupling/open-walk.ts';
import { PathRecord } from '../../src/coupling/path-record.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { pairOf } from './pairs.ts';

/** Where the upper run ends that has the item in every batch. */
function endAfter(steps: number): number {
  const pair = pairOf({ steps, popularity: { lower: 0.5, upper: 1 } });
  const record = new PathRecord([]);
  const walk = openWalk(pair, record, { isIndependent: false });
  const open = replicateStreams(1, 'counts', 'sfc32')(0);
  walk.begin(open);
  counts.prepare(pair)(open, walk);
  return record.upper;
}

it.each([0, 1, 63, 64, 65, 128, 1000])('ends at S_n after %d appearances, bit for bit', (appearances) => {
  expect(endAfter(appearances)).toBe(growthTable(1, 1, appearances)[appearances]);
});

it('has room for more appearances than an array has places', () => {
  const appearances = 1.2e8;
  // S_n² = 2n + ½ ln n + 1.72314 (A5).
  expect(endAfter(appearances) ** 2 - 2 * appearances - Math.log(appearances) / 2).toBeCloseTo(1.72, 0);
});
