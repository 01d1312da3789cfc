import { type ChunkedCell, chunkAt, chunkCount } from './plan.ts';

/** One of `of` parts of a plan, numbered from 1: they cover every chunk once. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/**
 * Whether a chunk belongs to a shard. A cell with a stopping rule is wholly one shard's, because where it stops is seen
 * only by whoever has all its chunks; the chunks of other cells are dealt out in turn.
 */
export function isInShard({ number, of }: Shard, cell: ChunkedCell, block: number): boolean {
  const turn = isSharedOut(cell) ? cell.index + block : cell.index;
  return turn % of === number - 1;
}

/** How many of a cell's replicates belong to a shard. */
export function replicatesInShard(shard: Shard, cell: ChunkedCell): number {
  let sum = 0;
  for (let block = 0; block < chunkCount(cell); block++) {
    if (isInShard(shard, cell, block)) sum += chunkAt(cell, block).replicates;
  }
  return sum;
}

/** Whether the chunks of a cell are dealt out among the shards. */
export function isSharedOut(cell: ChunkedCell): boolean {
  return cell.until === undefined;
}
