import type { Cells } from '../engine/cell-list.ts';
import type { Chunk } from '../engine/plan.ts';
import { programVersion } from '../program-version.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import type { PlacedCell, SummaryCells } from './gathered-cells.ts';

/** A cell that could not be computed: which replicate ended it, and why. */
export interface CellFailure {
  readonly cell: number;
  readonly replicate: number;
  readonly message: string;
}

/** A chunk that could not be run, and why. Its cell has no numbers until another run has done it. */
export interface SetAsideChunk {
  readonly chunk: Chunk;
  readonly why: string;
}

/** How a run has ended. */
export interface RunEnd {
  readonly failures: readonly CellFailure[];
  readonly setAside: readonly SetAsideChunk[];
  /** Whether a signal or a failure under `failFast` has ended it early, or chunks were set aside. */
  readonly stopped: 'interrupted' | 'failed' | 'incomplete' | null;
}

/** Why a run has no summary yet. */
export type Unfinished = {
  readonly summary: null;
  readonly stopped: NonNullable<RunEnd['stopped']>;
  readonly setAside: RunEnd['setAside'];
};

/** What every kind of run says of itself in `summary.json`: nothing that varies between runs of one plan. */
interface SummaryHead {
  readonly scenario: string;
  readonly description: string;
  readonly id: string;
  readonly seed: number;
  readonly version: string;
}

/** A cell that failed, as `summary.json` holds it. */
interface ReportedFailure extends CellFailure {
  readonly swept: Readonly<Record<string, AxisValue>>;
}

/** A summary, or why there is none yet. */
export type Simulated<Summary = object> = { readonly summary: Summary; readonly stopped: null } | Unfinished;

/**
 * The summary of a run: what is common to all kinds, the cells that are whole, and those that failed.
 */
export function summarised<Cell extends PlacedCell>(
  { name, description, cells }: SummarisedScenario,
  run: { readonly id: string; readonly seed: number },
  failures: readonly CellFailure[],
  reported: SummaryCells<Cell>,
): RunSummaryOf<Cell> {
  const summary = {
    scenario: name,
    description,
    id: run.id,
    seed: run.seed,
    version: programVersion(),
    ...reported,
    failures: failures.map((failure): ReportedFailure => ({ ...failure, swept: cells.at(failure.cell)!.swept })),
  };
  // Through JSON, because a resumed run has its numbers from there.
  return JSON.parse(JSON.stringify(summary));
}

/** The cells of a summary by their place in the plan, with none where a cell has failed. */
export function byIndex<Cell extends { readonly index: number }>(cells: readonly Cell[]): (Cell | undefined)[] {
  const placed: (Cell | undefined)[] = [];
  for (const cell of cells) placed[cell.index] = cell;
  return placed;
}

export interface RunSummaryOf<Cell extends PlacedCell> extends SummaryHead, SummaryCells<Cell> {
  readonly failures: readonly ReportedFailure[];
}

interface SummarisedScenario {
  readonly name: string;
  readonly description: string;
  readonly cells: Cells<{ readonly swept: ReportedFailure['swept'] }>;
}
