import { CellList } from '../engine/cell-list.ts';
import type { Executor } from '../engine/executor.ts';
import type { Cell } from '../engine/plan.ts';
import type { CellSize, PlanSizes } from '../engine/plan-sizes.ts';
import { coupledPairs, runCells } from '../engine/run-plan.ts';
import { clock, type Elapsed } from './clock.ts';
import type { PilotedRun } from './piloted-run.ts';

/** What some cells took from their making to their place in the results. */
export interface Rehearsal extends Elapsed {
  readonly cells: readonly RehearsedCell[];
}

interface RehearsedCell {
  readonly size: CellSize;
  /** Those that it took: fewer than its replicates where its rule had enough. */
  readonly pairs: number;
}

/** With fewer cells it does not matter what one takes beside its pairs. */
const manyCells = 200;
/** With cells that take longer neither. */
const longestCell = 20e6;
/** Cells that are run at a time. */
const cellsAtATime = 64;
/** So long warms up, and as much is measured, in processor time. */
const millisecondsEach = 500;

/**
 * Runs some cells of a plan, evenly spread, as the run will: what is done once a chunk or once a cell can take longer than
 * a few pairs. Null where the plan has few cells, or they take long.
 */
export async function rehearse(run: PilotedRun, executor: Executor): Promise<Rehearsal | null> {
  const { sizes, isWhole } = run;
  const nanoseconds = sizes.sum(({ replicates, nominalNanoseconds: each }) => replicates * each);
  if (!isWhole || sizes.length <= manyCells || nanoseconds / sizes.length > longestCell) return null;
  const warm = await repeated(run, executor, 0);
  return warm.cpuMs > 4 * millisecondsEach ? warm : repeated(run, executor, 0.5);
}

/** @param shift in which of the gaps between two cells the first lies, in [0, 1) */
async function repeated(run: PilotedRun, executor: Executor, shift: number): Promise<Rehearsal> {
  const elapsed = clock();
  const cells: RehearsedCell[] = [];
  for (let turn = 1; ; turn++) {
    // Multiples of the golden ratio: other cells each time.
    cells.push(...(await runSome(run, executor, (shift + turn * 0.618034) % 1)));
    const { cpuMs, wallMs } = elapsed();
    if (cpuMs > millisecondsEach) return { cells, cpuMs, wallMs };
  }
}

async function runSome(run: PilotedRun, executor: Executor, shift: number): Promise<RehearsedCell[]> {
  const chosen = placesOf(run.sizes, shift);
  const some = new CellList(chosen.length, (index): Cell => ({ ...run.cells.at(chosen[index].index)!, index }));
  const done: RehearsedCell[] = [];
  for await (const event of runCells(some, coupledPairs, { executor })) {
    if (event.type === 'chunk') run.keepChunk(event.chunk, event.summary);
    if (event.type !== 'cell') continue;
    const size = chosen[event.cell.index];
    run.finishCell({ ...event.cell, index: size.index }, event.summary);
    done.push({ size, pairs: event.summary.norm.count });
  }
  return done;
}

function placesOf(sizes: PlanSizes, shift: number): CellSize[] {
  return Array.from({ length: cellsAtATime }, (_, turn) => {
    return sizes.at(Math.floor(((turn + shift) * sizes.length) / cellsAtATime));
  });
}
