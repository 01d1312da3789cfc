import { newestFolder } from './choose-folder.ts';
import { describeDifference } from './difference.ts';
import { compareManifests } from './manifest.ts';
import { manifestOf, type RunRequest } from './open-run-folder.ts';
import { readManifest, readRun } from './read-run.ts';

/** What there is of a run before it is asked for. */
export interface FoundRun {
  readonly status: 'new' | 'unfinished' | 'finished';
  /** Null where there is none. */
  readonly path: string | null;
  /** How many chunks of each cell, by its place in the plan, are there already. */
  readonly chunks: ReadonlyMap<number, number>;
  /** Why an unfinished one cannot be gone on with; null where it can. */
  readonly obstacle: string | null;
}

/**
 * Looks whether a run has been begun or finished. Writes nothing; another process may be writing to it.
 *
 * @throws {ResultsError} for a name that cannot be a folder's, and what is damaged
 */
export async function lookForRun(request: RunRequest): Promise<FoundRun> {
  const path = request.fresh === true ? null : await newestFolder(request);
  const stored = path === null ? null : await readManifest(path);
  if (path === null || stored === null) return { status: 'new', path: null, chunks: new Map(), obstacle: null };
  const { status, records } = await readRun(path);
  const { design, program } = compareManifests(stored, manifestOf(request));
  const [difference] = status === 'finished' ? design : [...design, ...program];
  const chunks = new Map<number, number>();
  for await (const { cell } of records()) chunks.set(cell, (chunks.get(cell) ?? 0) + 1);
  return { status, path, chunks, obstacle: difference === undefined ? null : describeDifference(difference) };
}
