import { type ChunkSummary, emptySummary, mergeSummaries } from '../coupling/chunk-summary.ts';
import type { Cells } from './cell-list.ts';
import type { ChunkAnswer, ChunkFailure, ChunkOutcome, Executor } from './executor.ts';
import type { Pause } from './pause.ts';
import { type Cell, type Chunk, type ChunkedCell, chunkAt, chunkCount, type Plan } from './plan.ts';
import { Schedule } from './schedule.ts';
import { isSharedOut, type Shard } from './shard.ts';
import { SimulationError } from './simulation-error.ts';
import { stoppingState } from './stopping-rule.ts';

/** A chunk's address, and its summary or why it has none: what the journal keeps. */
export interface ChunkResult<S = ChunkSummary> {
  readonly cell: number;
  readonly block: number;
  readonly summary: S | ChunkFailure;
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
      readonly summary: S | ChunkFailure;
      readonly isRecovered: boolean;
      /** The thread that ran it; −1 for one that was recovered. */
      readonly worker: number;
    }
  | { readonly type: 'progress'; readonly cell: C; readonly merged: S }
  | { readonly type: 'cell'; readonly cell: C; readonly summary: S }
  | ({ readonly type: 'failure'; readonly cell: C } & ChunkFailure);

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
  /** Only these chunks are this process's to run: see `Shard`. */
  readonly shard?: Shard | undefined;
}

/**
 * Runs a plan. A `chunk` event for every chunk as it is finished or recovered; `progress` whenever the merged prefix
 * of a cell grows; a `cell` event once the cell is whole, or a `failure` event when a chunk of it has failed and all before
 * that one are there: the others go on. Chunks are merged in chunk order whatever order they finish in, so neither the
 * numbers nor which chunk fails a cell depend on the executor.
 */
export function runPlan(plan: Plan, options: RunOptions): AsyncGenerator<EngineEvent> {
  return runCells(plan.cells, coupledPairs, options);
}

/** For those to whom a cell that failed makes the others useless. @throws {SimulationError} at such a cell */
export function expectNoFailure<C, S>(event: EngineEvent<C, S>): void {
  if (event.type === 'failure') throw new SimulationError(event.failure, event.replicate);
}

/** How coupled pairs are put together, and when there are enough of them. */
export const coupledPairs: CellKind<Cell, ChunkSummary> = {
  empty: emptySummary,
  merge: mergeSummaries,
  hasEnough: ({ until }, merged) => until !== undefined && stoppingState(until, merged).isReached,
};

/** Runs cells of any kind, as `runPlan` runs pairs. */
export async function* runCells<C extends ChunkedCell, S>(
  cells: Cells<C>,
  kind: CellKind<C, S>,
  options: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind, options.shard);
  for await (const result of options.recovered ?? []) yield* foldKept(cells, folds, result, recoveredFrom);
  yield* runMissing(cells, folds, options);
}

/** Tells of the chunks of another process as `runCells` tells of its own, old ones as recovered; runs none. */
export async function* followCells<C extends ChunkedCell, S>(
  cells: Cells<C>,
  kind: CellKind<C, S>,
  results: AsyncIterable<FollowedChunk<S>>,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind);
  for await (const result of results)
    yield* foldKept(cells, folds, result, result.isOld ? recoveredFrom : otherProcess);
}

/** Adds a chunk that a journal has kept. */
function foldKept<C extends ChunkedCell, S>(
  cells: Cells<C>,
  folds: Folds<C, S>,
  result: ChunkResult<S>,
  worker: number,
): Generator<EngineEvent<C, S>> {
  const cell = cells.at(result.cell);
  if (cell === undefined || result.block >= chunkCount(cell)) {
    throw new RangeError(`runPlan: recovered chunk ${result.block} of cell ${result.cell} is not in the plan`);
  }
  return folds.add(chunkAt(cell, result.block), { ...outcomeOf(result.summary), worker });
}

function outcomeOf<S>(summary: S | ChunkFailure): ChunkOutcome<S> {
  return isFailure(summary) ? summary : { summary };
}

export function isFailure(summary: unknown): summary is ChunkFailure {
  return typeof summary === 'object' && summary !== null && 'failure' in summary;
}

async function* runMissing<C extends ChunkedCell, S>(
  cells: Cells<C>,
  folds: Folds<C, S>,
  { executor, signal, pause, shard }: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const schedule = new Schedule(cells, folds, 8 * executor.concurrency, shard);
  type Answered = { readonly chunk: Chunk; readonly answer: ChunkAnswer<S> | null };
  const underWay = new Map<Chunk, Promise<Answered>>();
  const arrivals = new Arrivals<Answered>();
  const startNext = () => {
    while (underWay.size < executor.concurrency && !signal?.aborted && !pause?.isPaused) {
      const chunk = schedule.next();
      if (chunk === undefined) return;
      const answered = executor.run(cells.at(chunk.cell)!, chunk, signal).then((answer) => ({ chunk, answer }));
      underWay.set(chunk, answered);
      arrivals.add(answered);
    }
  };
  const isHeld = () => pause?.isPaused === true && !signal?.aborted && !schedule.isOver;
  try {
    startNext();
    while (underWay.size > 0 || isHeld()) {
      if (underWay.size === 0) {
        await resumedOrAborted(pause!, signal);
        startNext();
        continue;
      }
      const { chunk, answer } = await arrivals.next();
      underWay.delete(chunk);
      schedule.ended(chunk);
      if (answer === null) folds.leaveOut(chunk);
      const events = answer === null ? [] : [...folds.add(chunk, answer)];
      // Merged first, because what may start depends on it; told last, so that nothing idles while the listener works.
      startNext();
      yield* events;
    }
  } finally {
    // Reached early when a chunk failed or the consumer left: the others' outcomes no longer matter to anyone.
    await Promise.allSettled(underWay.values());
  }
}

/** Promises in the order in which they settle; a race of them all, each time anew, costs as much as there are. */
class Arrivals<T> {
  readonly #settled: Promise<T>[] = [];
  #wake = () => {};

  add(promise: Promise<T>): void {
    const arrive = () => {
      this.#settled.push(promise);
      this.#wake();
    };
    promise.then(arrive, arrive);
  }

  async next(): Promise<T> {
    if (this.#settled.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    return this.#settled.shift()!;
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
    const cell = this.#cells.at(chunk.cell)!;
    const fold = this.#folds.get(cell.index) ?? this.#openFold(cell);
    this.#folds.set(cell.index, fold);
    if (this.isFinished(chunk.cell) || fold.has(chunk.block)) return;
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
    const fold = this.#folds.get(cell);
    if (fold instanceof CellShare) return 0;
    return block - (fold?.next ?? 0);
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
