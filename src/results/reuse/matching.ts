import { type Cell, chunkAt, chunkCount } from '../../engine/plan.ts';
import { isInShard, type Shard } from '../../engine/shard.ts';
import { contentKey } from './cell-content.ts';

/** A chunk's address. */
export interface ChunkAddress {
  readonly cell: number;
  readonly block: number;
}

/** A cell of an earlier run, and those of the present one whose chunks are the same. */
export interface MatchedCell {
  readonly earlier: Cell;
  readonly present: readonly Cell[];
}

/** The cells of the present run, by what their chunks hold. */
export class CellIndex {
  readonly #cells = new Map<string, Cell[]>();

  constructor(cells: Iterable<Cell>) {
    for (const cell of cells) {
      const key = contentKey(cell);
      const same = this.#cells.get(key);
      if (same === undefined) this.#cells.set(key, [cell]);
      else same.push(cell);
    }
  }

  /** The cells of an earlier run that the present one has too, by their place in the earlier one. */
  matches(earlier: Iterable<Cell>): Map<number, MatchedCell> {
    const matched = new Map<number, MatchedCell>();
    for (const cell of earlier) {
      const present = this.#cells.get(contentKey(cell));
      if (present !== undefined) matched.set(cell.index, { earlier: cell, present });
    }
    return matched;
  }
}

/**
 * Where a chunk of an earlier run belongs in the present one: in every cell of the same content that has the whole of it.
 * The last chunk of a cell is often a shorter one; it is none of a cell with other replicates.
 */
export function placesOf({ earlier, present }: MatchedCell, block: number, shard: Shard | undefined): ChunkAddress[] {
  if (block >= chunkCount(earlier)) return [];
  const { replicates } = chunkAt(earlier, block);
  return present
    .filter((cell) => {
      return (
        isInShard(shard, cell, block) && block < chunkCount(cell) && chunkAt(cell, block).replicates === replicates
      );
    })
    .map(({ index }) => ({ cell: index, block }));
}

/** The chunks that both have, but not with the same replicates: at most one a cell, the last one of the shorter. */
export function otherLengths({ earlier, present }: MatchedCell, shard: Shard | undefined): ChunkAddress[] {
  return present.flatMap((cell) => {
    const block = Math.min(chunkCount(earlier), chunkCount(cell)) - 1;
    const isOurs = shard === undefined || isInShard(shard, cell, block);
    const isSame = chunkAt(earlier, block).replicates === chunkAt(cell, block).replicates;
    return isOurs && !isSame ? [{ cell: cell.index, block }] : [];
  });
}
