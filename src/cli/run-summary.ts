import { programVersion } from '../program-version.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import type { CellFailure, RunEnd } from './complete-run.ts';

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
export type Simulated<Summary = object> =
  | { readonly summary: Summary; readonly stopped: null }
  | { readonly summary: null; readonly stopped: Exclude<RunEnd<unknown>['stopped'], null> };

/**
 * The summary of a run, unless it was stopped: what is common to all kinds, the cells that are whole, and those that failed.
 *
 * @param reportCell what the summary holds of a cell, besides its place in the plan
 */
export function summarised<S, Cell extends object>(
  { name, description, cells }: SummarisedScenario,
  run: { readonly id: string; readonly seed: number },
  { summaries, failures, stopped }: RunEnd<S>,
  reportCell: (summary: S, index: number) => Cell,
): Simulated<RunSummaryOf<Cell>> {
  if (stopped !== null) return { summary: null, stopped };
  const summary = {
    scenario: name,
    description,
    id: run.id,
    seed: run.seed,
    version: programVersion(),
    cells: summaries.flatMap((of, index) => (of === undefined ? [] : [{ index, ...reportCell(of, index) }])),
    failures: failures.map((failure): ReportedFailure => ({ ...failure, swept: cells[failure.cell].swept })),
  };
  // Through JSON, because a resumed run has its numbers from there.
  return { summary: JSON.parse(JSON.stringify(summary)), stopped: null };
}

/** The cells of a summary by their place in the plan, with none where a cell has failed. */
export function byIndex<Cell extends { readonly index: number }>(cells: readonly Cell[]): (Cell | undefined)[] {
  const placed: (Cell | undefined)[] = [];
  for (const cell of cells) placed[cell.index] = cell;
  return placed;
}

export interface RunSummaryOf<Cell> extends SummaryHead {
  readonly cells: readonly (Cell & { readonly index: number })[];
  readonly failures: readonly ReportedFailure[];
}

interface SummarisedScenario {
  readonly name: string;
  readonly description: string;
  readonly cells: readonly { readonly swept: ReportedFailure['swept'] }[];
}
