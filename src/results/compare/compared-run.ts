import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { Cells } from '../../engine/cell-list.ts';
import type { Cell } from '../../engine/plan.ts';
import { programVersion } from '../../program-version.ts';
import { readRun, type StoredRun } from '../read-run.ts';
import { readSummary } from '../read-summary.ts';
import { ResultsError } from '../results-error.ts';
import { plannedOfRun } from '../stored-plan.ts';
import type { RunSummary } from '../summary-schema.ts';

/** A finished run of coupled pairs, as it is held against another. */
export interface ComparedRun {
  readonly path: string;
  readonly summary: RunSummary;
  /** What each cell drew from, by its place in the plan; null where another version of the program made the run. */
  readonly cells: Cells<Cell> | null;
  /** The blocks of some cells, each cell's by number; reads the journal. */
  blocks(cells: ReadonlySet<number>): Promise<ReadonlyMap<number, CellBlocks>>;
}

/** What a comparison needs of a block. */
export type Block = Pick<ChunkSummary, 'norm' | 'order'>;

/** The blocks of a cell by number, with holes where the journal has none. */
export type CellBlocks = readonly (Block | undefined)[];

/** @throws {ResultsError} for anything but a finished run of coupled pairs */
export async function openComparedRun(path: string): Promise<ComparedRun> {
  const run = await readRun(path);
  const summary = readSummary(run.summary, path);
  if (summary.cellsFile !== undefined) {
    throw new ResultsError(
      `${path}: has ${summary.cellsFile.count} cells, more than can be held side by side; join them with norm-growth query`,
    );
  }
  const isOwn = run.manifest.provenance.normGrowth === programVersion();
  return {
    path,
    summary,
    cells: isOwn ? (plannedOfRun(run)?.plan.cells ?? null) : null,
    blocks: (cells) => blocksOf(run, cells),
  };
}

async function blocksOf(run: StoredRun, cells: ReadonlySet<number>): Promise<ReadonlyMap<number, CellBlocks>> {
  const kept = new Map<number, (Block | undefined)[]>();
  for await (const { cell, block, summary } of run.records()) {
    if (!cells.has(cell)) continue;
    const { norm, order } = summary as unknown as ChunkSummary;
    // A block that failed holds why, and no numbers.
    if (norm === undefined) continue;
    const blocks = kept.get(cell) ?? [];
    blocks[block] = { norm, order };
    kept.set(cell, blocks);
  }
  return kept;
}
