import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import { chooseMember } from '../engine/choose-member.ts';
import type { Cell } from '../engine/plan.ts';
import { type RunEnd, type Simulated, summarised } from './run-summary.ts';
import type { PlannedScenario } from './stored-plan.ts';

/**
 * A cell's numbers with what was swept to make it, why its coupling was chosen, and the items' names where they came from
 * a table.
 */
export interface ReportedCell extends CellResult {
  /** The cell's place in the plan. */
  readonly index: number;
  readonly couplingReason: string;
  readonly swept: Readonly<Record<string, number | string | boolean>>;
  readonly items: { readonly lower: ItemLabel; readonly upper: ItemLabel; readonly skippedRows: number } | null;
}

export interface ItemLabel {
  readonly label: string;
  readonly interactions: number;
}

/** The summary of a run of coupled pairs, unless it was stopped. */
export function coupledSummary(planned: PlannedScenario, id: string, end: RunEnd<ChunkSummary>): Simulated {
  const { scenario, plan } = planned;
  const run = { id, seed: plan.cells[0].seed };
  return summarised(scenario, run, end, (summary, index) => reportedCell(planned, plan.cells[index], summary));
}

/** What `summary.json` holds of a cell. */
export function reportedCell(
  { scenario, kernel }: PlannedScenario,
  cell: Cell,
  summary: ChunkSummary,
): Omit<ReportedCell, 'index'> {
  const { swept, items, ...request } = scenario.cells[cell.index];
  return { ...cellResult(cell, summary), couplingReason: chooseMember(request, kernel).reason, swept, items };
}
