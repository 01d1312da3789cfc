import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { FollowedChunk } from '../../engine/engine-event.ts';
import { chunkAt, chunkCount } from '../../engine/plan.ts';
import { coupledPairs, followCells } from '../../engine/run-plan.ts';
import type { ReportedCell } from '../../results/coupled-summary.ts';
import { blockName } from '../../results/read-journal.ts';
import type { StoredRun } from '../../results/read-run.ts';
import { readSummary } from '../../results/read-summary.ts';
import { freshRemedy, ResultsError } from '../../results/results-error.ts';
import { parseChunkSummary } from '../../results/stored-chunk.ts';
import { type PlannedScenario, plannedOfRun } from '../../results/stored-plan.ts';
import { evenly, mostSeries } from '../figures/plot.ts';
import { expectShowable } from './showable.ts';

/** A finished run of coupled pairs, as figures are made of it. */
export interface CoupledSource {
  readonly planned: PlannedScenario;
  /** In the order of the plan; those that failed are not among them. */
  readonly cells: readonly ReportedCell[];
  /** The cells that are shown one by one: all of few, else some, evenly spaced over the plan. */
  readonly shown: readonly ShownCell[];
}

/** A cell with what only the journal has of it. */
export interface ShownCell {
  readonly cell: ReportedCell;
  readonly summary: ChunkSummary;
}

/** Cells that a figure shows one by one: as many as it can tell apart. */
const mostShown = mostSeries;

/**
 * Reads a run for its figures: the summary, and the histograms of the shown cells from the journal.
 *
 * @throws {ResultsError} where it is unfinished, of another kind or version, or has very many cells
 */
export async function coupledSource(run: StoredRun): Promise<CoupledSource> {
  const planned = plannedOfRun(run);
  const summary = readSummary(run.summary, run.path);
  if (planned === null) throw new ResultsError(`${run.path}: expected a run of coupled pairs`);
  expectShowable(summary.cellsFile?.count ?? summary.cells.length, run.path);
  const cells = summary.cells as unknown as readonly ReportedCell[];
  return { planned, cells, shown: await withSummaries(run, planned, evenly(cells, mostShown)) };
}

async function withSummaries(
  run: StoredRun,
  { plan }: PlannedScenario,
  shown: readonly ReportedCell[],
): Promise<ShownCell[]> {
  const wanted = new Map(shown.map((cell) => [cell.index, cell]));
  const found = new Map<number, ChunkSummary>();
  for await (const event of followCells(plan.cells, coupledPairs, chunksOf(run, plan, wanted))) {
    if (event.type === 'cell') found.set(event.cell.index, event.summary);
  }
  return shown.map((cell) => {
    const summary = found.get(cell.index);
    if (summary !== undefined) return { cell, summary };
    throw new ResultsError(`${run.path}: its journal lacks chunks of cell ${cell.index}; restore it`);
  });
}

/** The chunks of the cells that are wanted. */
async function* chunksOf(
  run: StoredRun,
  { cells }: PlannedScenario['plan'],
  wanted: ReadonlyMap<number, unknown>,
): AsyncGenerator<FollowedChunk<ChunkSummary>> {
  for await (const record of run.records()) {
    const cell = wanted.has(record.cell) ? cells.at(record.cell) : undefined;
    if (cell === undefined) continue;
    const isPlanned = record.block < chunkCount(cell);
    const summary = isPlanned ? parseChunkSummary(record.summary, cell, chunkAt(cell, record.block)) : null;
    if (summary === null) {
      const what = `its journal has what cannot be ${blockName(record)}: it was changed by hand`;
      throw new ResultsError(`${run.path}: ${what}; restore the file, or ${freshRemedy}`);
    }
    yield { cell: record.cell, block: record.block, summary, isOld: true };
  }
}
