import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { type CellResult, cellResult } from '../engine/cell-result.ts';
import { chooseMember } from '../engine/choose-member.ts';
import { GatheredCells } from './gathered-cells.ts';
import type { RunFolder } from './run-folder.ts';
import { type CellFailure, type RunSummaryOf, summarised } from './run-summary.ts';
import type { PlannedScenario } from './stored-plan.ts';
import { countCell, emptyTally, type SweepTally } from './sweep-tally.ts';

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

/** What a run of coupled pairs comes to, gathered cell by cell as they become whole. */
export class CoupledReport {
  readonly #planned: PlannedScenario;
  readonly #id: string;
  readonly #gathered: GatheredCells<ReportedCell>;
  #tally = emptyTally;

  private constructor(planned: PlannedScenario, id: string, gathered: GatheredCells<ReportedCell>) {
    this.#planned = planned;
    this.#id = id;
    this.#gathered = gathered;
  }

  static async open(planned: PlannedScenario, folder: RunFolder): Promise<CoupledReport> {
    return new CoupledReport(planned, folder.id, await GatheredCells.open(planned.plan.cells.length, folder));
  }

  /** @param summary null for a cell that failed */
  async add(index: number, summary: ChunkSummary | null): Promise<void> {
    if (summary === null) return this.#gathered.skip(index);
    return this.addReported(reportedCell(this.#planned, index, summary));
  }

  /** For who has made the cell already: it is not made twice. */
  async addReported(cell: ReportedCell): Promise<void> {
    this.#tally = countCell(this.#tally, cell);
    await this.#gathered.add(cell);
  }

  /** The summary, once every cell has been added. */
  async finish(failures: readonly CellFailure[]): Promise<CoupledSummary> {
    const { scenario, plan } = this.#planned;
    const run = { id: this.#id, seed: plan.cells.at(0)!.seed };
    const reported = await this.#gathered.finish();
    const summary = summarised(scenario, run, failures, reported);
    return reported.cellsFile === undefined ? summary : { ...summary, tally: this.#tally };
  }

  /** In place of `finish`, for a run that is not at its end. */
  abandon(): Promise<void> {
    return this.#gathered.abandon();
  }
}

interface CoupledSummary extends RunSummaryOf<ReportedCell> {
  /** What the cells come to, where they are in a file of their own. */
  readonly tally?: SweepTally;
}

/** What a summary holds of a cell. */
export function reportedCell(
  { scenario, kernel, plan }: PlannedScenario,
  index: number,
  summary: ChunkSummary,
): ReportedCell {
  const { swept, items, ...request } = scenario.cells.at(index)!;
  const result = cellResult(plan.cells.at(index)!, summary);
  return { index, ...result, couplingReason: chooseMember(request, kernel).reason, swept, items };
}
