import { type ChunkSummary, emptySummary, mergeSummaries } from '../coupling/chunk-summary.ts';
import { Arrivals } from './arrivals.ts';
import type { Cells } from './cell-list.ts';
import { type CellKind, type ChunkResult, type EngineEvent, type FollowedChunk, isFailure } from './engine-event.ts';
import type { ChunkFailure, ChunkOutcome, Executor } from './executor.ts';
import { Folds, recoveredFrom } from './folds.ts';
import type { Pause } from './pause.ts';
import { type Cell, type Chunk, type ChunkedCell, chunkAt, chunkCount, type Plan } from './plan.ts';
import { Schedule } from './schedule.ts';
import type { Shard } from './shard.ts';
import { stoppingState } from './stopping-rule.ts';

/** What runs the chunks of a plan, which of them, and until when. */
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
 * that one are there: the others go on. `set aside` for a chunk that could not be run; its cell stays unfinished. Chunks are merged in chunk order whatever order they finish in, so neither the
 * numbers nor which chunk fails a cell depend on the executor.
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
  cells: Cells<C>,
  kind: CellKind<C, S>,
  options: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind, options.shard);
  for await (const result of options.recovered ?? []) {
    // A journal may take minutes to be read.
    if (options.signal?.aborted) return;
    yield* foldKept(cells, folds, result, recoveredFrom);
  }
  yield* runMissing(cells, folds, options);
}

/**
 * Tells of the chunks of another process as `runCells` tells of its own, old ones as recovered; runs none.
 *
 * @param shard the part of the plan that the other process runs; all of it where it is missing
 */
export async function* followCells<C extends ChunkedCell, S>(
  cells: Cells<C>,
  kind: CellKind<C, S>,
  results: AsyncIterable<FollowedChunk<S>>,
  shard?: Shard,
): AsyncGenerator<EngineEvent<C, S>> {
  const folds = new Folds(cells, kind, shard);
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

async function* runMissing<C extends ChunkedCell, S>(
  cells: Cells<C>,
  folds: Folds<C, S>,
  { executor, signal, pause, shard }: RunOptions<C, S>,
): AsyncGenerator<EngineEvent<C, S>> {
  const schedule = new Schedule(cells, folds, 8 * executor.concurrency, shard);
  type Answered = { readonly chunk: Chunk; readonly answer: Awaited<ReturnType<typeof executor.run>> };
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
  const eventsOf = function* (answer: Answered['answer'], chunk: Chunk): Generator<EngineEvent<C, S>> {
    if (answer !== null && !('setAside' in answer)) return yield* folds.add(chunk, answer);
    folds.leaveOut(chunk);
    if (answer !== null) yield { type: 'set aside', cell: cells.at(chunk.cell)!, chunk, why: answer.setAside };
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
      const events = [...eventsOf(answer, chunk)];
      // Merged first, because what may start depends on it; told last, so that nothing idles while the listener works.
      startNext();
      yield* events;
    }
    if (!signal?.aborted && !schedule.isOver) throw new Error('runCells: the schedule ended before its last chunk');
  } finally {
    // Reached early when a chunk failed or the consumer left: the others' outcomes no longer matter to anyone.
    await Promise.allSettled(underWay.values());
  }
}

/** Settles when a paused run may go on, or is to end. */
async function resumedOrAborted({ resumed }: Pause, signal: AbortSignal | undefined): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const hear = () => resolve();
  signal?.addEventListener('abort', hear);
  await Promise.race([resumed, aborted]);
  signal?.removeEventListener('abort', hear);
}

/** What stands for all threads of another process. */
const otherProcess = 0;
