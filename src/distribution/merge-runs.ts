import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { ChunkResult, FollowedChunk } from '../engine/engine-event.ts';
import { chunkCount } from '../engine/plan.ts';
import { coupledPairs, followCells } from '../engine/run-plan.ts';
import { isInShard, type Shard } from '../engine/shard.ts';
import { describeDifference } from '../results/difference.ts';
import { compareManifests, type Manifest } from '../results/manifest.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import type { CellFailure } from '../results/run-summary.ts';
import { type PlannedScenario, plannedOfRun, shardOf } from '../results/stored-plan.ts';
import { shardText } from './shard-folder.ts';

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
  const [difference] = [...design, ...program];
  if (difference === undefined) return;
  const what = design.length > 0 ? 'is a part of another run than' : 'was computed by another program than';
  throw new ResultsError(
    `${other.path}: ${what} ${first.path}: ${describeDifference(difference)}; merge the parts of one run, computed by one build`,
  );
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

const mostNamed = 5;

function refuseGaps({ plan: { cells } }: PlannedScenario, runs: readonly StoredRun[], seen: SeenChunks): void {
  const missing: string[] = [];
  let count = 0;
  for (const cell of cells) {
    if (seen.isFinished(cell.index)) continue;
    const shards = new Set<string>();
    for (let block = 0; block < chunkCount(cell); block++) {
      if (!seen.isMissing(cell.index, block)) continue;
      count += 1;
      const owner = missing.length < mostNamed ? ownerOf(runs, cell, block) : null;
      if (owner !== null) shards.add(owner);
    }
    if (missing.length < mostNamed)
      missing.push(`cell ${cell.index}${shards.size === 0 ? '' : ` (shards ${[...shards].join(', ')})`}`);
  }
  if (count === 0) return;
  const parts = absentShards(runs);
  const absent = parts.length === 0 ? '' : `; not among the folders: shards ${parts.join(', ')}`;
  const unfinished = runs.filter(({ status }) => status === 'unfinished').map(({ path }) => path);
  const open = unfinished.length === 0 ? '' : `; not finished: ${unfinished.join(', ')}`;
  throw new ResultsError(
    `cannot merge: ${count} chunks are missing, of ${missing.slice(0, mostNamed).join(', ')}${absent}${open}; run those ` +
      'shards again, with the same command, and merge then',
  );
}

/** The shard that a chunk belongs to, by the shards that are there. */
function ownerOf(runs: readonly StoredRun[], cell: Parameters<typeof isInShard>[1], block: number): string | null {
  const of = runs.map(({ manifest }) => shardOf(manifest)?.of).find((count) => count !== undefined);
  if (of === undefined) return null;
  const number = Array.from({ length: of }, (_, index) => index + 1).find((candidate) =>
    isInShard({ number: candidate, of }, cell, block),
  );
  return shardText({ number: number!, of });
}

function absentShards(runs: readonly StoredRun[]): string[] {
  const shards = runs.flatMap(({ manifest }) => shardOf(manifest) ?? []);
  const of = shards[0]?.of;
  if (of === undefined) return [];
  const there = new Set(shards.filter((shard) => shard.of === of).map(({ number }) => number));
  return Array.from({ length: of }, (_, index) => index + 1)
    .filter((number) => !there.has(number))
    .map((number) => shardText({ number, of }));
}
