import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { ChunkFailure } from './executor.ts';
import { type Cell, type Chunk, chunkAddress } from './plan.ts';
import { SimulationError } from './simulation-error.ts';

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
  /** A chunk that could not be run here, and why; its cell will not be whole in this run. */
  | { readonly type: 'set aside'; readonly cell: C; readonly chunk: Chunk; readonly why: string }
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

/** For those to whom a cell without numbers makes the others useless. @throws {SimulationError} at such a cell */
export function expectNoFailure<C, S>(event: EngineEvent<C, S>): void {
  if (event.type === 'failure') throw new SimulationError(event.failure, event.replicate);
  if (event.type === 'set aside') throw setAsideError(event);
}

/** What ends a run, or is told at its end, because of a chunk that could not be run. */
export function setAsideError({ chunk, why }: { readonly chunk: Chunk; readonly why: string }): SimulationError {
  return new SimulationError(`${chunkAddress(chunk)}: ${why}`, chunk.first);
}

export function isFailure(summary: unknown): summary is ChunkFailure {
  return typeof summary === 'object' && summary !== null && 'failure' in summary;
}
