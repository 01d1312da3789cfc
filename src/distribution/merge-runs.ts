import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import type { ChunkResult, FollowedChunk } from '../engine/engine-event.ts';
import { coupledPairs, followCells } from '../engine/run-plan.ts';
import type { Shard } from '../engine/shard.ts';
import { contrastDifference, type Difference } from '../results/difference.ts';
import { compareManifests, type Manifest } from '../results/manifest.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import type { CellFailure } from '../results/run-summary.ts';
import { type PlannedScenario, plannedOfRun } from '../results/stored-plan.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { refuseGaps } from './missing-chunks.ts';

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
 * Looks whether the parts of one run have all of its chunks, in memory that does not grow with what the chunks say.
 *
 * @throws {ResultsError} when chunks are missing, naming them, and when a journal does not fit the plan
 */
export async function requireAllChunks(planned: PlannedScenario, runs: readonly StoredRun[]): Promise<void> {
  await fitting(runs, () => refuseGaps(planned, runs, recordsOf(runs)));
}

/**
 * Folds the journals of the parts of one run, in whatever order they are named. Nothing is written.
 *
 * @throws {ResultsError} when a journal does not fit the plan, or a cell does not become whole
 */
export async function foldParts(
  { plan: { cells } }: PlannedScenario,
  runs: readonly StoredRun[],
  kept: Kept,
): Promise<CellFailure[]> {
  const failures: CellFailure[] = [];
  let whole = 0;
  await fitting(runs, async () => {
    for await (const event of followCells(cells, coupledPairs, recordsOf(runs))) {
      if (event.type === 'failure') {
        failures.push({ cell: event.cell.index, replicate: event.replicate, message: event.failure });
      }
      if (event.type !== 'cell' && event.type !== 'failure') continue;
      whole += 1;
      await kept(event.cell.index, event.type === 'cell' ? event.summary : null);
    }
  });
  if (whole < cells.length)
    throw new ResultsError(`${runs[0].path}: a part was changed while it was merged; merge again`);
  return failures.toSorted((a, b) => a.cell - b.cell);
}

async function fitting(runs: readonly StoredRun[], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ResultsError(
      `${runs[0].path}: a journal does not fit the plan (${error.message}); it was changed by hand`,
    );
  }
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
