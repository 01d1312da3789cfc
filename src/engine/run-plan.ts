import { type ChunkSummary, emptySummary, mergeSummaries } from '../coupling/chunk-summary.ts';
import type { DoneChunk, Executor } from './executor.ts';
import type { Pause } from './pause.ts';
import { type Cell, type Chunk, type ChunkedCell, chunkAt, chunkCount, type Plan } from './plan.ts';
import { stoppingState } from './stopping-rule.ts';

/** A chunk's summary and its address: what the journal keeps. */
export interface ChunkResult<S = ChunkSummary> {
  readonly cell: number;
  readonly block: number;
  readonly summary: S;
}

/** A chunk that another process ran, and whether that was before this one began to look. */
export interface FollowedChunk<S> extends ChunkResult<S> {
  readonly isOld: boolean;
}

/** What happens in a run, in the order in which it happens; views and the journal are folds of these. */
export type EngineEvent<C = Cell, S = ChunkSummary> =
  | {
      readonly type: 'chunk';
      readonly chunk: Chunk;
      readonly summary: S;
      readonly isRecovered: boolean;
      /** The thread that ran it; −1 for one that was recovered. */
      readonly worker: number;
    }
  | { readonly type: 'progress'; readonly cell: C; readonly merged: S }
  | { readonly type: 'cell'; readonly cell: C; readonly summary: S };

/** A kind of cells: how the summaries of their chunks are put together. */
export interface CellKind<C, S> {
  /** The summary of no replicates. */
  readonly empty: S;
  merge(a: S, b: S): S;
  /** Whether a cell needs no more replicates. Looks at the fold after every chunk in turn. */
  hasEnough(cell: C, merged: S): boolean;
}

export interface RunOptions<C = Cell, S = ChunkSummary> {
  readonly executor: Executor<C, S>;
  /** Chunks that an earlier run finished, in any order. */
  readonly recovered?: AsyncIterable<ChunkResult<S>> | Iterable<ChunkResult<S>>;
  /** When aborted, no new chunk starts; those under way are finished and reported, and the run ends early. */
  readonly signal?: AbortSignal;
  /** While it is paused, no new chunk starts; those under way are finished and reported. */
  readonly pause?: Pause;
}

/**
 * Runs a plan. A `chunk` event for every chunk as it is finished or recovered; `progress` whenever the merged prefix
 * of a cell grows; a `cell` event once the cell is whole. Chunks are merged in chunk order whatever order they finish in,
 * so the numbers do not depend on the executor.
 */
export function runPlan(plan: Plan, options: RunOptions): AsyncGenerator<EngineEvent> {
  return runCells(plan.cells, coupledPairs, options);
}

/** How coupled pairs are put together, and when there are enough of them. */
export const coupledPairs: CellKind<Cell, ChunkSummary> = {
  empty: emptySummary,
  merge: mergeSummaries,
  hasEnough: ({ until }, merged) => until !== undefined && stoppingState(until, merged).isReached,
};

/** Runs cells of any kind, as `runPlan` runs pairs. */
export async function* runCells<C extends ChunkedCell, S>(
  cells: readonly C[],
  kind: CellKind<C, S>,
  options: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind);
  for await (const result of options.recovered ?? []) yield* foldKept(cells, folds, result, recoveredFrom);
  yield* runMissing(cells, folds, options);
}

/** Tells of the chunks of another process as `runCells` tells of its own, old ones as recovered; runs none. */
export async function* followCells<C extends ChunkedCell, S>(
  cells: readonly C[],
  kind: CellKind<C, S>,
  results: AsyncIterable<FollowedChunk<S>>,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind);
  for await (const result of results)
    yield* foldKept(cells, folds, result, result.isOld ? recoveredFrom : otherProcess);
}

/** Adds a chunk that a journal has kept. */
function foldKept<C extends ChunkedCell, S>(
  cells: readonly C[],
  folds: Folds<C, S>,
  result: ChunkResult<S>,
  worker: number,
): Generator<EngineEvent<C, S>> {
  const cell = cells[result.cell];
  if (cell === undefined || result.block >= chunkCount(cell)) {
    throw new RangeError(`runPlan: recovered chunk ${result.block} of cell ${result.cell} is not in the plan`);
  }
  return folds.add(chunkAt(cell, result.block), result.summary, worker);
}

async function* runMissing<C extends ChunkedCell, S>(
  cells: readonly C[],
  folds: Folds<C, S>,
  { executor, signal, pause }: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const missing = folds.missingChunks();
  let next = missing.next();
  const underWay = new Map<Chunk, Promise<DoneChunk<S> & { readonly chunk: Chunk }>>();
  const startNext = () => {
    while (underWay.size < executor.concurrency && !signal?.aborted && !pause?.isPaused) {
      // A cell may have had enough since its next chunk was named.
      while (!next.done && folds.isFinished(next.value)) next = missing.next();
      if (next.done) return;
      const chunk = next.value;
      // One slow chunk must not let the others pile up behind it, waiting to be merged.
      if (folds.lead(chunk) > 8 * executor.concurrency) return;
      next = missing.next();
      underWay.set(
        chunk,
        executor.run(cells[chunk.cell], chunk).then((done) => ({ ...done, chunk })),
      );
    }
  };
  const isHeld = () => pause?.isPaused === true && !signal?.aborted && !next.done;
  try {
    startNext();
    while (underWay.size > 0 || isHeld()) {
      if (underWay.size === 0) {
        await resumedOrAborted(pause!, signal);
        startNext();
        continue;
      }
      const { chunk, summary, worker } = await Promise.race(underWay.values());
      underWay.delete(chunk);
      const events = [...folds.add(chunk, summary, worker)];
      // Merged first, because what may start depends on it; told last, so that nothing idles while the listener works.
      startNext();
      yield* events;
    }
  } finally {
    // Reached early when a chunk failed or the consumer left: the others' outcomes no longer matter to anyone.
    await Promise.allSettled(underWay.values());
  }
}

/** Settles when a paused run may go on, or is to end. */
function resumedOrAborted({ resumed }: Pause, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return resumed;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return Promise.race([resumed, promise]);
}

/** What stands for the thread of a recovered chunk, and for all threads of another process. */
const recoveredFrom = -1;
const otherProcess = 0;

/** The folds of the cells that are under way; finished cells are dropped. */
class Folds<C extends ChunkedCell, S> {
  readonly #cells: readonly C[];
  readonly #kind: CellKind<C, S>;
  readonly #folds = new Map<number, CellFold<C, S>>();
  readonly #finished = new Set<number>();

  constructor(cells: readonly C[], kind: CellKind<C, S>) {
    this.#cells = cells;
    this.#kind = kind;
  }

  *add(chunk: Chunk, summary: S, worker: number): Generator<EngineEvent<C, S>> {
    const cell = this.#cells[chunk.cell];
    const fold = this.#folds.get(cell.index) ?? new CellFold(cell, this.#kind);
    this.#folds.set(cell.index, fold);
    if (this.#finished.has(cell.index) || fold.has(chunk.block)) return;
    const hasGrown = fold.add(chunk.block, summary);
    yield { type: 'chunk', chunk, summary, isRecovered: worker === recoveredFrom, worker };
    if (fold.isWhole) {
      this.#folds.delete(cell.index);
      this.#finished.add(cell.index);
      yield { type: 'cell', cell, summary: fold.merged };
    } else if (hasGrown) {
      yield { type: 'progress', cell, merged: fold.merged };
    }
  }

  /** Whether the cell of a chunk needs no more of them. */
  isFinished({ cell }: Chunk): boolean {
    return this.#finished.has(cell);
  }

  /** How far a chunk is ahead of the merged prefix of its cell. */
  lead({ cell, block }: Chunk): number {
    return block - (this.#folds.get(cell)?.next ?? 0);
  }

  *missingChunks(): Generator<Chunk> {
    for (const cell of this.#cells) {
      for (let block = 0; block < chunkCount(cell) && !this.#finished.has(cell.index); block++) {
        if (!this.#folds.get(cell.index)?.has(block)) yield chunkAt(cell, block);
      }
    }
  }
}

/**
 * A left fold of a cell's chunks: those past the first gap wait. The stopping rule looks at the fold after every chunk in
 * turn, so that where it stops depends on the plan alone; chunks past that point are left out, whenever they arrive.
 */
class CellFold<C extends ChunkedCell, S> {
  next = 0;
  merged: S;
  isWhole = false;
  readonly #cell: C;
  readonly #kind: CellKind<C, S>;
  readonly #waiting = new Map<number, S>();

  constructor(cell: C, kind: CellKind<C, S>) {
    this.#cell = cell;
    this.#kind = kind;
    this.merged = kind.empty;
  }

  has(block: number): boolean {
    return block < this.next || this.#waiting.has(block);
  }

  /** Returns whether the merged prefix has grown. */
  add(block: number, summary: S): boolean {
    this.#waiting.set(block, summary);
    const before = this.next;
    for (let waiting = this.#waiting.get(this.next); waiting !== undefined; waiting = this.#waiting.get(this.next)) {
      if (this.isWhole) break;
      this.#waiting.delete(this.next);
      this.merged = this.#kind.merge(this.merged, waiting);
      this.next += 1;
      this.isWhole = this.next === chunkCount(this.#cell) || this.#kind.hasEnough(this.#cell, this.merged);
    }
    return this.next > before;
  }
}
