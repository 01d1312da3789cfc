import { emptySummary, mergeSummaries } from '../../../../src/coupling/chunk-summary.ts';
import { type Cell, chunkAt, chunkCount } from '../../../../src/engine/plan.ts';
import { runChunk } from '../../../../src/engine/run-chunk.ts';
import type { Figure } from '../../../../src/report/figures/figure.ts';
import { evenly } from '../../../../src/report/figures/plot.ts';
import type { CoupledSource } from '../../../../src/report/sources/coupled-source.ts';
import { type ReportedCell, reportedCell } from '../../../../src/results/coupled-summary.ts';
import { planScenario } from '../../../../src/results/stored-plan.ts';
import { load } from '../../../scenarios/files.ts';

/** What a run of a scenario gives its figures: its cells as a summary holds them. */
export async function sourceOf(text: string): Promise<CoupledSource> {
  const planned = planScenario(await load(`kind: coupled\nname: x\n${text}`), 'plain');
  const shown = Array.from({ length: planned.plan.cells.length }, (_, index) => {
    const summary = summaryOf(planned.plan.cells.at(index)!);
    const cell: ReportedCell = JSON.parse(JSON.stringify(reportedCell(planned, index, summary)));
    return { cell, summary };
  });
  return { planned, cells: shown.map(({ cell }) => cell), shown: evenly(shown, 8) };
}

function summaryOf(cell: Cell) {
  const blocks = Array.from({ length: chunkCount(cell) }, (_, block) => runChunk(cell, chunkAt(cell, block)));
  return blocks.reduce(mergeSummaries, emptySummary);
}

/** The rows of one series, of one choice and one slice where they are named. */
export function rowsOf({ rows }: Figure, where: Readonly<Record<string, unknown>>) {
  return rows.filter((row) => Object.entries(where).every(([field, value]) => row[field] === value));
}
