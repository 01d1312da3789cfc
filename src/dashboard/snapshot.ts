import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { EngineEvent } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import type { FidelitySummary } from '../fidelity/fidelity-cell.ts';
import type { JudgedFinding } from '../theorems/verify.ts';
import type { EpochDone } from '../trainer/epoch-channel.ts';
import type { Trainings } from '../trainer/training-cell.ts';
import type { StepRecord } from '../trainer/training-summary.ts';
import type { RunFacts } from './run-facts.ts';

/** What a cell's replicates so far come to, by the kind of its run. */
export type Merged = ChunkSummary | Trainings | FidelitySummary;

/** A cell, as far as it has come. */
export interface CellView {
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly replicatesDone: number;
  /** Of those, the ones that an earlier run had left. */
  readonly replicatesReused: number;
  /** When its first chunk came, and its last one. */
  readonly startedMs: number | null;
  readonly lastMs: number | null;
  /** The contiguous prefix of its chunks, merged; null before the first. */
  readonly merged: Merged | null;
  /** What became of its expectations; null until it is done. */
  readonly findings: readonly JudgedFinding[] | null;
}

/** What a worker of this run has done since the run, or the look at it, began. */
export interface WorkerView {
  readonly chunks: number;
  /** Steps of replicates: pair-steps. */
  readonly steps: number;
}

/** A training of this process: what its worker has told of it. */
export interface TrainingView {
  readonly cell: number;
  readonly training: number;
  readonly epoch: number;
  readonly isDone: boolean;
  /** Of the last batch of each epoch, in turn; null where none was told. */
  readonly losses: readonly (number | null)[];
  /** The recorded steps so far. */
  readonly records: readonly StepRecord[];
}

export interface LogLine {
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  /** Safe to print. */
  readonly text: string;
}

/** What the run as a whole is doing. */
export type RunState = 'running' | 'paused' | 'stopping' | 'finished' | 'interrupted' | 'failed';

/** All that a view needs to know of a run: a fold of what was seen of it. A plain value. */
export interface Snapshot {
  readonly facts: RunFacts;
  readonly state: RunState;
  /** On the clock of what was seen. */
  readonly startedMs: number;
  readonly nowMs: number;
  readonly cells: readonly CellView[];
  /** The cell that grew last. */
  readonly latest: number | null;
  readonly replicatesDone: number;
  readonly replicatesReused: number;
  /** By the worker's number, from 1 in the order of their first chunks. */
  readonly workers: readonly WorkerView[];
  readonly workerIds: readonly number[];
  /** What was done in the last seconds: the pace is read off its ends. */
  readonly recent: readonly PaceSample[];
  /** Trainings under way, and the last few that ended, in the order in which they began. */
  readonly trainings: readonly TrainingView[];
  readonly epochsDone: number;
  readonly log: readonly LogLine[];
}

/** How much had been done at a moment by this run itself. */
interface PaceSample {
  readonly atMs: number;
  readonly steps: number;
  readonly replicates: number;
}

/** Something that was seen of a run, and when. */
export type Seen = { readonly atMs: number } & (
  | { readonly event: EngineEvent<ChunkedCell, Merged> }
  | { readonly epoch: EpochDone }
  | { readonly log: Omit<LogLine, 'atMs'> }
  | { readonly state: RunState }
);

/** Decides what a finished cell expects, on its numbers. */
export type CellJudge = (cell: number, summary: Merged) => readonly JudgedFinding[];

export function emptySnapshot(facts: RunFacts, startedMs: number): Snapshot {
  const queued: CellView = {
    status: 'queued',
    replicatesDone: 0,
    replicatesReused: 0,
    startedMs: null,
    lastMs: null,
    merged: null,
    findings: null,
  };
  return {
    facts,
    state: 'running',
    startedMs,
    nowMs: startedMs,
    cells: facts.cells.map(() => queued),
    latest: null,
    replicatesDone: 0,
    replicatesReused: 0,
    workers: [],
    workerIds: [],
    recent: [{ atMs: startedMs, steps: 0, replicates: 0 }],
    trainings: [],
    epochsDone: 0,
    log: [],
  };
}
