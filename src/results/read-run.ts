import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashOf, type Json } from '../random/canonical-json.ts';
import { type Manifest, parseJson, parseManifest } from './manifest.ts';
import { type JournalRecord, readJournal } from './read-journal.ts';
import { readRegular } from './regular-file.ts';
import { fileError, ResultsError } from './results-error.ts';
import { asWritten } from './summary-checksum.ts';
import { visibleJson } from './visible-json.ts';

/** The files of a run folder that hold the run. */
export const runFiles = {
  manifest: 'manifest.json',
  journal: 'journal.ndjson',
  summary: 'summary.json',
  /** Only of a run of very many cells. */
  cells: 'cells.ndjson',
} as const;

/** The name of a run folder: scenario, id, and a number from 2 on where --fresh made it. */
export const folderName =
  /^(?<name>[a-z0-9][a-z0-9._-]{0,63})--(?<id>[0-9a-f]{12})(?:\.(?<number>[2-9]|[1-9]\d{1,8}))?$/;

/** A run as it lies on the disk. */
export interface StoredRun {
  readonly path: string;
  readonly manifest: Manifest;
  readonly status: 'finished' | 'unfinished';
  /** Null while unfinished. Its texts are safe to show. */
  readonly summary: Json;
  /** The finished blocks in the order they were written; reads the journal anew each time. */
  records(): AsyncIterable<JournalRecord>;
}

/** One line of a list of runs. */
export interface RunListing {
  readonly path: string;
  /** The folder's name. */
  readonly name: string;
  readonly status: 'finished' | 'unfinished' | 'damaged';
  /** Null if damaged. */
  readonly manifest: Manifest | null;
  /** What is wrong with a damaged one. */
  readonly problem: string | null;
}

/**
 * Reads a run without writing anything, for replay and export. Another process may be writing to it.
 *
 * @throws {ResultsError} for what is no run folder, damaged JSON, a summary or a manifest that was changed, and a newer format
 */
export async function readRun(path: string): Promise<StoredRun> {
  await expectFolder(path);
  const manifest = await readManifest(path);
  if (manifest === null) {
    throw new ResultsError(`${path}: is not a run folder: it has no ${runFiles.manifest}; name one that has`);
  }
  const summaryPath = join(path, runFiles.summary);
  const text = await readRegular(summaryPath);
  const summary =
    text === null ? null : visibleJson(asWritten(parseJson(text, summaryPath) as Json, summaryPath), text);
  const records = () => readJournal(join(path, runFiles.journal), hashOf(manifest));
  expectSummaryOf(manifest, summary, summaryPath);
  await expectBeginning(records());
  return { path, manifest, status: text === null ? 'unfinished' : 'finished', summary, records };
}

/** @throws {ResultsError} for a summary that another run wrote */
function expectSummaryOf({ id }: Manifest, summary: Json, path: string): void {
  const { id: own = id } = (summary ?? {}) as { readonly id?: Json };
  if (own !== id)
    throw new ResultsError(`${path}: is of another run than the ${runFiles.manifest} beside it; restore both`);
}

/**
 * Reads the header of a journal: it has the hash of the manifest, which nothing else would find changed.
 *
 * @throws {ResultsError} as readJournal does
 */
async function expectBeginning(records: AsyncGenerator<JournalRecord>): Promise<void> {
  await records.next();
  await records.return(undefined);
}

/** The runs of a results folder, sorted by name; a missing folder has none, and what is no run folder is left out. */
export async function listRuns(resultsDirectory: string): Promise<RunListing[]> {
  const names = (await folderEntries(resultsDirectory)).filter((name) => folderName.test(name)).sort();
  return Promise.all(names.map((name) => listing(join(resultsDirectory, name))));
}

/** The manifest of a run folder; null if it has none. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, runFiles.manifest);
  const text = await readRegular(path);
  return text === null ? null : parseManifest(text, path);
}

/** The names in a folder, none if it is missing. */
export async function folderEntries(folder: string): Promise<string[]> {
  if (folder === '')
    throw new ResultsError('expected the path of a results folder, got an empty one; "." is this folder');
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(error, 'cannot list this folder', folder);
  }
}

/** @throws {ResultsError} unless the path is a folder itself, not a link to one */
export async function expectFolder(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new ResultsError(`${path}: there is no such run folder`);
    throw fileError(error, 'cannot read this folder', path);
  });
  if (found.isDirectory()) return;
  const kind = found.isSymbolicLink() ? 'a link' : 'a file';
  throw new ResultsError(`${path}: expected a run folder, got ${kind}; move it away or choose another results folder`);
}

async function listing(path: string): Promise<RunListing> {
  const name = basename(path);
  try {
    const { status, manifest } = await readRun(path);
    return { path, name, status, manifest, problem: null };
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    return { path, name, status: 'damaged', manifest: null, problem: error.message };
  }
}
