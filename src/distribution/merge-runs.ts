import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { ChunkResult, FollowedChunk } from '../engine/engine-event.ts';
import { chunkCount } from '../engine/plan.ts';
import { coupledPairs, followCells } from '../engine/run-plan.ts';
import { isInShard, type Shard } from '../engine/shard.ts';
import { contrastDifference, type Difference } from '../results/difference.ts';
import { compareManifests, type Manifest } from '../results/manifest.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import type { CellFailure } from '../results/run-summary.ts';
import { type PlannedScenario, plannedOfRun, shardOf } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { listed, shardsText } from './shard-folder.ts';

/** Takes what becomes of a cell: its summary, or null where it has failed. */
type Kept = (index: number, summary: ChunkSummary | null) => Promise<void>;

/**
 * The plan of the run that these are parts of.
 *
 * @param runs shards, or whole runs that were interrupted
 * @throws {ResultsError} when they are parts of different runs, or computed by different programs
 */
export function planOfParts(runs: readonly StoredRun[]): PlannedScenario {
  const [first, ...others] = runs;
  for (const other of others) expectSameRun(first, other);
  const planned = plannedOfRun(first);
  if (planned !== null) return planned;
  throw new ResultsError(`${first.path}: expected a run of coupled pairs; other kinds have no shards`);
}

/**
 * Folds the journals of the parts of one run, in whatever order they are named. Nothing is written.
 *
 * @throws {ResultsError} when chunks are missing, naming them, and when a journal does not fit the plan
 */
export async function foldParts(
  planned: PlannedScenario,
  runs: readonly StoredRun[],
  kept: Kept,
): Promise<CellFailure[]> {
  const { cells } = planned.plan;
  const failures: CellFailure[] = [];
  const seen = new SeenChunks();
  try {
    for await (const event of followCells(cells, coupledPairs, recordsOf(runs))) {
      if (event.type === 'chunk') seen.add(event.chunk);
      if (event.type === 'failure') {
        failures.push({ cell: event.cell.index, replicate: event.replicate, message: event.failure });
      }
      if (event.type !== 'cell' && event.type !== 'failure') continue;
      seen.finish(event.cell.index);
      await kept(event.cell.index, event.type === 'cell' ? event.summary : null);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ResultsError(
      `${runs[0].path}: a journal does not fit the plan (${error.message}); it was changed by hand`,
    );
  }
  refuseGaps(planned, runs, seen);
  return failures.toSorted((a, b) => a.cell - b.cell);
}

/** Every record of the runs, one of each in turn: parts that were computed side by side are folded side by side. */
export async function* recordsOf(runs: readonly StoredRun[]): AsyncGenerator<FollowedChunk<ChunkSummary>> {
  let readers = runs.map((run) => run.records()[Symbol.asyncIterator]());
  while (readers.length > 0) {
    const open: typeof readers = [];
    for (const reader of readers) {
      const next = await reader.next();
      if (next.done) continue;
      open.push(reader);
      yield { ...(next.value as unknown as ChunkResult), isOld: true };
    }
    readers = open;
  }
}

/** The manifest of the whole run that a part belongs to. */
function wholeManifest(manifest: Manifest): Manifest {
  const { shard: _shard, ...plan } = manifest.plan as { readonly shard?: Shard };
  // The id is a hash of what the plan says in words.
  return { ...manifest, id: '', scenario: '', plan: plan as unknown as Manifest['plan'] };
}

function expectSameRun(first: StoredRun, other: StoredRun): void {
  const { design, program } = compareManifests(wholeManifest(first.manifest), wholeManifest(other.manifest));
  const [what, differences] =
    design.length > 0
      ? (['these are parts of different runs', asWritten(design)] as const)
      : (['different programs computed these parts', program] as const);
  if (differences.length === 0) return;
  const said = contrastDifference(differences[0], `in ${visiblePath(first.path)}`, `in ${visiblePath(other.path)}`);
  const more = differences.length === 1 ? '' : ` (and ${differences.length - 1} more)`;
  throw new ResultsError(`cannot merge: ${what}: ${said}${more}; name the parts of one run, computed by one build`);
}

const fieldsPath = 'plan.coupled.design.fields.';

/** The fields of the scenario where they differ, for the rest of a plan follows from them; else whatever differs. */
function asWritten(design: readonly Difference[]): readonly Difference[] {
  const fields = design.flatMap(({ path, ...values }) =>
    path.startsWith(fieldsPath) ? [{ path: path.slice(fieldsPath.length), ...values }] : [],
  );
  return fields.length > 0 ? fields : design;
}

/** Which chunks there are of cells that are not whole. */
class SeenChunks {
  readonly #blocks = new Map<number, Set<number>>();
  readonly #finished = new Set<number>();

  add({ cell, block }: { readonly cell: number; readonly block: number }): void {
    const blocks = this.#blocks.get(cell) ?? new Set();
    this.#blocks.set(cell, blocks.add(block));
  }

  finish(cell: number): void {
    this.#blocks.delete(cell);
    this.#finished.add(cell);
  }

  isMissing(cell: number, block: number): boolean {
    return !this.#finished.has(cell) && !this.#blocks.get(cell)?.has(block);
  }

  isFinished(cell: number): boolean {
    return this.#finished.has(cell);
  }
}

/** So many cells and folders are named. */
const mostNamed = 5;

function refuseGaps({ plan: { cells } }: PlannedScenario, runs: readonly StoredRun[], seen: SeenChunks): void {
  const divisions = [...new Set(runs.flatMap(({ manifest }) => shardOf(manifest)?.of ?? []))];
  const missing: string[] = [];
  let [chunks, cellCount] = [0, 0];
  for (const cell of cells) {
    if (seen.isFinished(cell.index)) continue;
    const owners = new Set<number>();
    const before = chunks;
    for (let block = 0; block < chunkCount(cell); block++) {
      if (!seen.isMissing(cell.index, block)) continue;
      chunks += 1;
      if (divisions.length === 1 && cellCount < mostNamed) owners.add(ownerOf(divisions[0], cell, block));
    }
    if (chunks === before) continue;
    cellCount += 1;
    const of = owners.size === 0 ? '' : ` (${shardsText(owners, divisions[0])})`;
    if (cellCount <= mostNamed) missing.push(`cell ${cell.index}${of}`);
  }
  if (chunks === 0) return;
  const are = chunks === 1 ? '1 chunk is' : `${chunks} chunks are`;
  const reasons = [...absentText(runs, divisions), ...unfinishedText(runs)].map((reason) => `; ${reason}`).join('');
  throw new ResultsError(`cannot merge: ${are} missing, of ${listed(missing, cellCount)}${reasons}; ${remedy}`);
}

const remedy = 'name the folders that are left out, run with the same commands what is not finished, and merge then';

/** The shard that a chunk belongs to. */
function ownerOf(of: number, cell: Parameters<typeof isInShard>[1], block: number): number {
  const numbers = Array.from({ length: of }, (_, index) => index + 1);
  return numbers.find((number) => isInShard({ number, of }, cell, block))!;
}

function absentText(runs: readonly StoredRun[], divisions: readonly number[]): string[] {
  if (divisions.length > 1) return [`the folders are shards of different divisions, into ${divisions.join(' and ')}`];
  const [of] = divisions;
  if (of === undefined) return [];
  const there = new Set(runs.flatMap(({ manifest }) => shardOf(manifest)?.number ?? []));
  const absent = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !there.has(number));
  return absent.length === 0 ? [] : [`not among the folders: ${shardsText(absent, of)}`];
}

function unfinishedText(runs: readonly StoredRun[]): string[] {
  const paths = runs.filter(({ status }) => status === 'unfinished').map(({ path }) => visiblePath(path));
  return paths.length === 0 ? [] : [`not finished: ${listed(paths.slice(0, mostNamed), paths.length)}`];
}
