import type { Cells } from './cell-list.ts';
import { type Chunk, type ChunkedCell, chunkAt, chunkCount } from './plan.ts';
import { isInShard, type Shard } from './shard.ts';

/** What is known of the chunks that are done. */
interface Done {
  isFinished(cell: number): boolean;
  has(cell: number, block: number): boolean;
  /** How far a block is ahead of the merged prefix of its cell. */
  lead(cell: number, block: number): number;
}

/**
 * Which chunk starts next. Cells come in the order of the plan, and the chunks of a cell in theirs.
 *
 * Of a cell with a stopping rule one chunk at a time is under way, and other cells are begun meanwhile: what is under way
 * past the chunk that the rule stops at is wasted. Only once there is no other cell to begin, and a worker would idle, does
 * such a cell run ahead. No number depends on any of this.
 */
export class Schedule {
  readonly #cells: Cells<ChunkedCell>;
  readonly #done: Done;
  readonly #longestLead: number;
  readonly #shard: Shard | undefined;
  /** Those that have chunks to start. */
  #begun: BegunCell[] = [];
  #nextCell = 0;

  /** @param longestLead one slow chunk must not let the others of its cell pile up behind it, waiting to be merged */
  constructor(cells: Cells<ChunkedCell>, done: Done, longestLead: number, shard?: Shard) {
    this.#cells = cells;
    this.#done = done;
    this.#longestLead = longestLead;
    this.#shard = shard;
  }

  /** Whether every chunk has been started, or needs not be. */
  get isOver(): boolean {
    this.#forgetEnded();
    return this.#begun.length === 0 && this.#begin() === undefined;
  }

  /** The chunk to start; undefined while it is better to wait, or when there is none left. */
  next(): Chunk | undefined {
    this.#forgetEnded();
    const cell = this.#begun.find((begun) => this.#isDue(begun)) ?? this.#another() ?? this.#nearest();
    return cell === undefined ? undefined : this.#start(cell);
  }

  /** To be told of every chunk that was started, when it has ended. */
  ended({ cell }: Chunk): void {
    for (const begun of this.#begun) if (begun.cell.index === cell) begun.underWay -= 1;
  }

  #isDue(begun: BegunCell): boolean {
    return begun.cell.until === undefined ? this.#isNear(begun) : begun.underWay === 0;
  }

  #isNear({ cell, block }: BegunCell): boolean {
    return this.#done.lead(cell.index, block) <= this.#longestLead;
  }

  /** A cell to begin beside those that are; none beside one that runs as far ahead as it may. */
  #another(): BegunCell | undefined {
    return this.#begun.every(({ cell }) => cell.until !== undefined) ? this.#begin() : undefined;
  }

  /** Of the cells that may run ahead the one that has run least. */
  #nearest(): BegunCell | undefined {
    const leadOf = ({ cell, block }: BegunCell) => this.#done.lead(cell.index, block);
    const ahead = this.#begun.filter((begun) => begun.cell.until !== undefined && this.#isNear(begun));
    return ahead.toSorted((a, b) => leadOf(a) - leadOf(b))[0];
  }

  /** The next cell of the plan that lacks chunks. */
  #begin(): BegunCell | undefined {
    while (this.#nextCell < this.#cells.length) {
      const index = this.#nextCell++;
      // Asked for only where something is missing: the cell may have to be made.
      if (this.#done.isFinished(index)) continue;
      const cell = this.#cells.at(index)!;
      const begun = { cell, block: this.#missing(cell, 0), underWay: 0 };
      if (begun.block === chunkCount(cell)) continue;
      this.#begun.push(begun);
      return begun;
    }
    return undefined;
  }

  #start(begun: BegunCell): Chunk {
    const chunk = chunkAt(begun.cell, begun.block);
    begun.underWay += 1;
    begun.block = this.#missing(begun.cell, begun.block + 1);
    return chunk;
  }

  /** The first of a cell's blocks from one on that is ours to run and not done; their number if there is none. */
  #missing(cell: ChunkedCell, from: number): number {
    const count = chunkCount(cell);
    let block = from;
    while (block < count && (!isInShard(this.#shard, cell, block) || this.#done.has(cell.index, block))) block++;
    return block;
  }

  #forgetEnded(): void {
    // A cell may have had enough, or failed, since its next chunk was named.
    this.#begun = this.#begun.filter(({ cell, block }) => {
      return block < chunkCount(cell) && !this.#done.isFinished(cell.index);
    });
  }
}

interface BegunCell {
  readonly cell: ChunkedCell;
  /** The next to start. */
  block: number;
  underWay: number;
}
