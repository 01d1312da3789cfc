import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { Cells } from '../../engine/cell-list.ts';
import { isFailure } from '../../engine/engine-event.ts';
import { type Cell, chunkAt, chunkCount } from '../../engine/plan.ts';
import { chunkCountInShard, chunksInShard, type Shard } from '../../engine/shard.ts';
import type { Difference } from '../difference.ts';
import { mostInSummary } from '../gathered-cells.ts';
import { programDifferences } from '../manifest.ts';
import type { Provenance } from '../provenance.ts';
import { blockName, type JournalRecord } from '../read-journal.ts';
import { ResultsError } from '../results-error.ts';
import type { RunFolder } from '../run-folder.ts';
import { type PlannedScenario, plannedOfRun, shardOf, storedCells } from '../stored-plan.ts';
import { contentDifferences } from './cell-content.ts';
import { type EarlierRun, type EarlierRuns, earlierRuns } from './earlier-runs.ts';
import { CellIndex, type ChunkAddress, type MatchedCell, otherLengths, placesOf } from './matching.ts';
import type { Misfits, Reuse } from './reuse.ts';
import { reuseNotices } from './reuse-notices.ts';

/** The run that is to begin with what earlier ones have computed. */
export interface ReuseRequest {
  /** New, or resumed. */
  readonly folder: ReusingFolder;
  readonly planned: PlannedScenario;
  /** Which part of the chunks is this run's; all of them where it is missing. */
  readonly shard?: Shard | undefined;
  readonly resultsDirectory: string;
  readonly provenance: Provenance;
}

/** What of a run's folder is used: nothing but its journal is written. */
export type ReusingFolder = Pick<RunFolder, 'path' | 'id' | 'status' | 'has' | 'append' | 'flush'>;

function withMisfit(misfits: Misfits | null, path: string, difference: () => readonly Difference[]): Misfits {
  if (misfits !== null) return { ...misfits, count: misfits.count + 1 };
  return { count: 1, path, differences: difference() };
}

/**
 * Copies into a run's journal every chunk that an earlier run of the scenario has computed: of cells that agree in all
 * that decides a chunk, by the same program. The records are those that this run would compute, so nothing depends on it
 * but the time it takes; a killed process leaves a journal like any other. A chunk that failed is left out: its message
 * names the place of its cell.
 *
 * It costs little where nothing fits: see `earlierRuns` for how many runs are looked at; the sweeps of no more than eight
 * are expanded.
 *
 * @returns notices: what is reused from where, and why the rest is not
 * @throws {ResultsError} when the run's own folder cannot be written; an earlier run that is damaged is skipped and told of
 */
export async function takeOver(request: ReuseRequest): Promise<readonly string[]> {
  return (await reuseInto(request)).notices;
}

/** As `takeOver`, and from which runs how much was taken. */
export async function reuseInto(
  request: ReuseRequest,
): Promise<{ readonly notices: readonly string[]; readonly taken: Reuse['taken'] }> {
  const { folder, planned, shard, resultsDirectory, provenance } = request;
  const found = await earlierRuns(resultsDirectory, planned.scenario.name, folder.path);
  const runs = found.runs.filter((run) => !isSibling(run, folder, shard));
  if (runs.length + found.damaged.length === 0) return { notices: [], taken: [] };
  if (planned.plan.cells.length > mostInSummary) {
    const notice = `${folder.path}: so many cells are not compared with those of earlier runs; all are computed`;
    return { notices: [notice], taken: [] };
  }
  const takeover = new Takeover(folder, planned.plan.cells, shard);
  let otherProgram: Misfits | null = null;
  for (const run of runs) {
    if (takeover.isComplete) break;
    const program = programDifferences(run.manifest.provenance, provenance);
    if (program.length > 0) otherProgram = withMisfit(otherProgram, run.path, () => program);
    else await takeover.takeFrom(run);
  }
  await folder.flush();
  const reuse = takeover.end(found, otherProgram);
  return { notices: reuseNotices(reuse, folder), taken: reuse.taken };
}

/** Whether a run is another part of the same one: it has none of this part's chunks. */
function isSibling({ manifest }: EarlierRun, folder: ReusingFolder, shard: Shard | undefined): boolean {
  const other = shardOf(manifest);
  return shard !== undefined && other !== null && manifest.id === folder.id && other.of === shard.of;
}

/** Sweeps of so many runs are expanded to be compared, of so many cells together or twice the present run's. */
const mostExpanded = { runs: 8, cells: 2000 };

/** Records that wait in memory between two flushes. */
const recordsPerFlush = 256;

class Takeover {
  readonly #folder: ReusingFolder;
  readonly #cells: Cells<Cell>;
  readonly #shard: Shard | undefined;
  /** Blocks that each cell misses. */
  readonly #missing: number[];
  readonly #blocks: number;
  readonly #knownCells = new Set<number>();
  /** Blocks that an earlier run has with another number of replicates, by their addresses. */
  readonly #otherLengths = new Map<string, ChunkAddress>();
  readonly #taken: { path: string; blocks: number }[] = [];
  #otherCells: Misfits | null = null;
  readonly #damaged: { path: string; problem: string }[] = [];
  #notLookedInto = 0;
  #expandable: { runs: number; cells: number };
  #index: CellIndex | undefined;

  constructor(folder: ReusingFolder, cells: Cells<Cell>, shard: Shard | undefined) {
    this.#folder = folder;
    this.#cells = cells;
    this.#shard = shard;
    const blocks = Array.from(cells, (cell) => chunkCountInShard(shard, cell));
    this.#blocks = sum(blocks);
    this.#missing = folder.status === 'new' ? blocks : Array.from(cells, (cell) => missingFrom(folder, shard, cell));
    this.#expandable = { ...mostExpanded, cells: Math.max(mostExpanded.cells, 2 * cells.length) };
  }

  get isComplete(): boolean {
    return this.#missing.every((count) => count === 0);
  }

  /** Takes from a run of the same program all that fits. */
  async takeFrom(run: EarlierRun): Promise<void> {
    const sound = await this.#matched(run).catch((error) => {
      if (!(error instanceof ResultsError)) throw error;
      this.#damaged.push({ path: run.path, problem: error.message });
      return null;
    });
    if (sound === null) return;
    const before = sum(this.#missing);
    let waiting = 0;
    for await (const record of run.records(sound.goodBytes)) {
      this.#take(record, sound.matched.get(record.cell));
      waiting += 1;
      if (waiting % recordsPerFlush === 0) await this.#folder.flush();
    }
    const blocks = before - sum(this.#missing);
    if (blocks > 0) this.#taken.push({ path: run.path, blocks });
  }

  end({ damaged, leftOut }: EarlierRuns, otherProgram: Misfits | null): Reuse {
    const cells = [...this.#cells];
    const short = cells.filter((_, place) => this.#missing[place] > 0);
    const extendedCells = short.filter(({ index }) => this.#knownCells.has(index)).length;
    return {
      taken: this.#taken,
      otherProgram,
      otherCells: this.#otherCells,
      damaged: [...damaged, ...this.#damaged],
      notLookedInto: leftOut + this.#notLookedInto,
      blocks: this.#blocks,
      missing: sum(this.#missing),
      otherLengths: [...this.#otherLengths.values()].filter((address) => !this.#folder.has(address)).length,
      isAtMost: cells.some(({ until }) => until !== undefined),
      isAnyKnown: this.#knownCells.size > 0,
      newCells: short.length - extendedCells,
      extendedCells,
    };
  }

  /**
   * Which cells of a run fit, once all of its journal has been found sound; null where there is nothing to take.
   *
   * @throws {ResultsError} for a run that is damaged
   */
  async #matched(run: EarlierRun) {
    const cells = this.#cellsOf(run);
    if (cells === null) return null;
    this.#index ??= new CellIndex(this.#cells);
    const matched = this.#index.matches(cells);
    if (matched.size === 0) {
      const differences = () => contentDifferences(cells.at(0)!, this.#cells.at(0)!);
      this.#otherCells = withMisfit(this.#otherCells, run.path, differences);
      return null;
    }
    for (const cell of matched.values()) {
      for (const { index } of cell.present) this.#knownCells.add(index);
      for (const address of otherLengths(cell, this.#shard))
        this.#otherLengths.set(`${address.cell}/${address.block}`, address);
    }
    if (!this.#mayTake(matched)) return null;
    return { matched, goodBytes: await soundBytes(run, matched) };
  }

  /** The cells of a run of the same program; null for a run of another kind, or where too many would be expanded. */
  #cellsOf({ path, manifest }: EarlierRun): Cells<Cell> | null {
    const stored = storedCells({ path, manifest });
    if (stored === null) return null;
    if (stored.count === 1) return [stored.first];
    const { runs, cells } = this.#expandable;
    if (runs === 0 || stored.count > cells) {
      this.#notLookedInto += 1;
      return null;
    }
    this.#expandable = { runs: runs - 1, cells: cells - stored.count };
    return plannedOfRun({ path, manifest })!.plan.cells;
  }

  /** Whether the cells have any block that is missing here. */
  #mayTake(matched: ReadonlyMap<number, MatchedCell>): boolean {
    for (const cell of matched.values()) {
      for (let block = 0; block < chunkCount(cell.earlier); block++) {
        if (placesOf(cell, block, this.#shard).some((place) => !this.#folder.has(place))) return true;
      }
    }
    return false;
  }

  #take({ block, summary }: JournalRecord, matched: MatchedCell | undefined): void {
    if (matched === undefined || isFailure(summary)) return;
    for (const place of placesOf(matched, block, this.#shard)) {
      if (this.#folder.has(place)) continue;
      this.#folder.append({ ...place, summary });
      this.#missing[place.cell] -= 1;
    }
  }
}

/** Reads a journal to its end: where that is, if every record of the matched cells is what its plan says. */
async function soundBytes(run: EarlierRun, matched: ReadonlyMap<number, MatchedCell>): Promise<number> {
  const records = run.records();
  for (;;) {
    const next = await records.next();
    if (next.done) return next.value.goodBytes;
    const cell = matched.get(next.value.cell)?.earlier;
    if (cell !== undefined && !isOfCell(next.value, cell)) {
      throw new ResultsError(`${run.path}: ${blockName(next.value)} is not of the plan beside it`);
    }
  }
}

function isOfCell({ block, summary }: JournalRecord, cell: Cell): boolean {
  if (block >= chunkCount(cell)) return false;
  const { norm } = summary as unknown as Partial<ChunkSummary>;
  return isFailure(summary) || norm?.count === chunkAt(cell, block).replicates;
}

function missingFrom(folder: ReusingFolder, shard: Shard | undefined, cell: Cell): number {
  return chunksInShard(shard, cell).reduce(
    (count, block) => count + Number(!folder.has({ cell: cell.index, block })),
    0,
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
