import type { Cells } from './cell-list.ts';
import type { CellKind, EngineEvent } from './engine-event.ts';
import type { ChunkAnswer, ChunkFailure, ChunkOutcome } from './executor.ts';
import { type Chunk, type ChunkedCell, chunkCount } from './plan.ts';
import { isSharedOut, type Shard } from './shard.ts';

/** What stands for the thread of a recovered chunk. */
export const recoveredFrom = -1;

/** The folds of the cells that are under way; finished cells are dropped. */
export class Folds<C extends ChunkedCell, S> {
  readonly #cells: Cells<C>;
  readonly #kind: CellKind<C, S>;
  readonly #shard: Shard | undefined;
  readonly #folds = new Map<number, CellFold<C, S> | CellShare>();
  /** A bit a cell. */
  readonly #finished: Uint8Array;

  constructor(cells: Cells<C>, kind: CellKind<C, S>, shard?: Shard) {
    this.#cells = cells;
    this.#kind = kind;
    this.#shard = shard;
    this.#finished = new Uint8Array(Math.ceil(cells.length / 8));
  }

  *add(chunk: Chunk, { worker, ...outcome }: ChunkAnswer<S>): Generator<EngineEvent<C, S>> {
    if (this.isFinished(chunk.cell)) return;
    const cell = this.#cells.at(chunk.cell)!;
    const fold = this.#folds.get(cell.index) ?? this.#openFold(cell);
    this.#folds.set(cell.index, fold);
    if (fold.has(chunk.block)) return;
    const hasGrown = fold.add(chunk.block, outcome as ChunkOutcome<S>);
    const summary = 'failure' in outcome ? outcome : outcome.summary;
    yield { type: 'chunk', chunk, summary, isRecovered: worker === recoveredFrom, worker };
    if (fold.isWhole) {
      this.#finish(cell.index);
      if (fold instanceof CellFold) yield fold.end();
    } else if (hasGrown && fold instanceof CellFold) {
      yield { type: 'progress', cell, merged: fold.merged };
    }
  }

  #openFold(cell: C): CellFold<C, S> | CellShare {
    const isShared = this.#shard !== undefined && isSharedOut(cell);
    return isShared ? new CellShare() : new CellFold(cell, this.#kind);
  }

  /**
   * The cell of this chunk will not be whole in this run. Its other chunks are run for the next one, unless a stopping rule
   * decides how many of them there are to be.
   */
  leaveOut(chunk: Chunk): void {
    const cell = this.#cells.at(chunk.cell)!;
    if (this.isFinished(chunk.cell)) return;
    if (!isSharedOut(cell)) {
      this.#finish(cell.index);
      return;
    }
    const fold = this.#folds.get(cell.index);
    if (!(fold instanceof CellShare)) this.#folds.set(cell.index, new CellShare(fold));
  }

  #finish(cell: number): void {
    this.#folds.delete(cell);
    this.#finished[cell >> 3] |= 1 << (cell & 7);
  }

  /** Whether a cell needs no more chunks. */
  isFinished(cell: number): boolean {
    return (this.#finished[cell >> 3] & (1 << (cell & 7))) !== 0;
  }

  has(cell: number, block: number): boolean {
    return this.#folds.get(cell)?.has(block) ?? false;
  }

  /** How far a block is ahead of the merged prefix of its cell. */
  lead(cell: number, block: number): number {
    const fold = this.#folds.get(cell) ?? this.#openFold(this.#cells.at(cell)!);
    // The chunks of a cell that is whole elsewhere need not wait for each other.
    return fold instanceof CellShare ? 0 : block - fold.next;
  }
}

/** What is held of a cell that will not be whole here: which chunks there are, and nothing of what they say. */
class CellShare {
  readonly isWhole = false;
  readonly #blocks = new Set<number>();
  readonly #before: { has(block: number): boolean } | undefined;

  /** @param before what was held of the cell while it could still become whole */
  constructor(before?: { has(block: number): boolean }) {
    this.#before = before;
  }

  has(block: number): boolean {
    return this.#blocks.has(block) || this.#before?.has(block) === true;
  }

  add(block: number): boolean {
    this.#blocks.add(block);
    return false;
  }
}

/**
 * A left fold of a cell's chunks: those past the first gap wait. The stopping rule looks at the fold after every chunk in
 * turn, so that where it stops depends on the plan alone; chunks past that point are left out, whenever they arrive. The
 * same holds for a chunk that failed: it ends the cell when the fold comes to it.
 */
class CellFold<C extends ChunkedCell, S> {
  next = 0;
  merged: S;
  isWhole = false;
  readonly #cell: C;
  readonly #kind: CellKind<C, S>;
  readonly #waiting = new Map<number, ChunkOutcome<S>>();
  #failure: ChunkFailure | null = null;

  constructor(cell: C, kind: CellKind<C, S>) {
    this.#cell = cell;
    this.#kind = kind;
    this.merged = kind.empty;
  }

  has(block: number): boolean {
    return block < this.next || this.#waiting.has(block);
  }

  /** Returns whether the merged prefix has grown. */
  add(block: number, outcome: ChunkOutcome<S>): boolean {
    this.#waiting.set(block, outcome);
    const before = this.next;
    for (let waiting = this.#waiting.get(this.next); waiting !== undefined; waiting = this.#waiting.get(this.next)) {
      if (this.isWhole) break;
      if ('failure' in waiting) {
        this.#failure = waiting;
        this.isWhole = true;
        break;
      }
      this.#waiting.delete(this.next);
      this.merged = this.#kind.merge(this.merged, waiting.summary);
      this.next += 1;
      this.isWhole = this.next === chunkCount(this.#cell) || this.#kind.hasEnough(this.#cell, this.merged);
    }
    return this.next > before;
  }

  /** What is told of a cell that is whole. */
  end(): EngineEvent<C, S> {
    const cell = this.#cell;
    if (this.#failure === null) return { type: 'cell', cell, summary: this.merged };
    return { type: 'failure', cell, ...this.#failure };
  }
}
