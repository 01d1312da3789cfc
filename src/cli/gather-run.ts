import type { Merged } from '../dashboard/snapshot.ts';
import type { Cells } from '../engine/cell-list.ts';
import type { CellKind } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import { GatheredCells, type PlacedCell } from '../results/gathered-cells.ts';
import { type RunSummaryOf, type Simulated, summarised } from '../results/run-summary.ts';
import { completeRun, type RunMeans } from './complete-run.ts';

type Summarised = Parameters<typeof summarised>[0];

/**
 * Runs what a run folder lacks, and makes the summary.
 *
 * @param report what the summary holds of a cell
 */
export async function gatherRun<
  C extends ChunkedCell & { readonly seed: number },
  S extends Merged,
  Cell extends PlacedCell,
>(
  scenario: Summarised,
  cells: Cells<C>,
  kind: CellKind<C, S>,
  means: Omit<RunMeans<C, S>, 'kept'>,
  report: (summary: S, index: number) => Cell,
): Promise<Simulated<RunSummaryOf<Cell>>> {
  const { folder } = means;
  const gathered = await GatheredCells.open<Cell>(cells.length, folder);
  const kept = (index: number, summary: S | null) =>
    summary === null ? gathered.skip(index) : gathered.add(report(summary, index));
  const { failures, stopped, setAside } = await completeRun(cells, kind, { ...means, kept });
  if (stopped !== null) {
    await gathered.abandon();
    return { summary: null, stopped, setAside };
  }
  const run = { id: folder.id, seed: cells.at(0)!.seed };
  return { summary: summarised(scenario, run, failures, await gathered.finish()), stopped: null };
}
