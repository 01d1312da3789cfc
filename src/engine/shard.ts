import { type ChunkedCell, chunkAt, chunkCount } from './plan.ts';

/** One of `of` parts of a plan, numbered from 1: they cover every chunk once. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/**
 * Whether a chunk belongs to a shard. A cell with a stopping rule is wholly one shard's, because where it stops is seen
 * only by whoever has all its chunks; the chunks of other cells are dealt out in turn.
 *
 * @param shard where it is missing, the whole plan is meant
 */
export function isInShard(shard: Shard | undefined, cell: ChunkedCell, block: number): boolean {
  if (shard === undefined) return true;
  const turn = isSharedOut(cell) ? cell.index + block : cell.index;
  return turn % shard.of === shard.number - 1;
}

/** The chunks of a cell that belong to a shard, by their numbers. */
export function* chunksInShard(shard: Shard | undefined, cell: ChunkedCell): Generator<number> {
  const count = chunkCount(cell);
  for (let block = 0; block < count; block++) if (isInShard(shard, cell, block)) yield block;
}

/** How many chunks of a cell belong to a shard. */
export function chunkCountInShard(shard: Shard | undefined, cell: ChunkedCell): number {
  return shard === undefined ? chunkCount(cell) : chunksInShard(shard, cell).reduce((count) => count + 1, 0);
}

/** How many of a cell's replicates belong to a shard. */
export function replicatesInShard(shard: Shard | undefined, cell: ChunkedCell): number {
  if (shard === undefined) return cell.replicates;
  return chunksInShard(shard, cell).reduce((sum, block) => sum + chunkAt(cell, block).replicates, 0);
}

/** Whether the chunks of a cell are dealt out among the shards. */
export function isSharedOut(cell: ChunkedCell): boolean {
  return cell.until === undefined;
}
