import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashOf } from '../../random/canonical-json.ts';
import { type Manifest, parseManifest } from '../manifest.ts';
import { type JournalEnd, type JournalRecord, readJournal } from '../read-journal.ts';
import { folderEntries, folderName, runFiles } from '../read-run.ts';
import { readRegularNow } from '../regular-file.ts';
import { ResultsError } from '../results-error.ts';

/** A run that lay in the results folder before, finished or not, perhaps with a writer. */
export interface EarlierRun {
  readonly path: string;
  readonly manifest: Manifest;
  /** @param until reads this many bytes of the journal only @throws {ResultsError} as readJournal does */
  records(until?: number): AsyncGenerator<JournalRecord, JournalEnd, void>;
}

/** What was found of a scenario's runs. */
export interface EarlierRuns {
  /** The newest first. */
  readonly runs: readonly EarlierRun[];
  /** Folders that cannot be read, and why. */
  readonly damaged: readonly { readonly path: string; readonly problem: string }[];
  /** How many older folders were not looked into. */
  readonly leftOut: number;
}

/** No more manifests are read than this, so that a run among thousands starts as fast as one among few. */
const mostManifests = 200;
const mostManifestBytes = 16 * 2 ** 20;

/**
 * The other runs of a scenario in a results folder, shards of it too; those whose manifests were written last, where there
 * are many.
 *
 * @param ownPath of the run folder that is left out
 */
export async function earlierRuns(resultsDirectory: string, scenario: string, ownPath: string): Promise<EarlierRuns> {
  const names = (await folderEntries(resultsDirectory)).filter((entry) => {
    return isOf(scenario, folderName.exec(entry)?.groups?.name) && entry !== basename(ownPath);
  });
  const found = names.flatMap((name) => ageOf(join(resultsDirectory, name)));
  const newest = found.toSorted((a, b) => b.writtenMs - a.writtenMs || (a.path < b.path ? 1 : -1));
  const runs: EarlierRun[] = [];
  const damaged: { path: string; problem: string }[] = [];
  let [read, bytes] = [0, 0];
  for (const { path, size } of newest) {
    if (read === mostManifests || bytes + size > mostManifestBytes) break;
    [read, bytes] = [read + 1, bytes + size];
    try {
      const manifest = manifestIn(path);
      runs.push({ path, manifest, records: (until) => recordsOf(path, manifest, until) });
    } catch (error) {
      if (!(error instanceof ResultsError)) throw error;
      damaged.push({ path, problem: error.message });
    }
  }
  return { runs, damaged, leftOut: newest.length - read };
}

function isOf(scenario: string, name: string | undefined): boolean {
  return name !== undefined && (name === scenario || name.startsWith(`${scenario}.shard-`));
}

/** When a folder's manifest was written, and its size; nothing for what has none, or is no folder itself. */
function ageOf(path: string): { path: string; writtenMs: number; size: number }[] {
  try {
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const manifest = isFolder ? lstatSync(join(path, runFiles.manifest), { throwIfNoEntry: false }) : undefined;
    return manifest === undefined ? [] : [{ path, writtenMs: manifest.mtimeMs, size: manifest.size }];
  } catch {
    // Reading it will fail, too, and say why.
    return [{ path, writtenMs: 0, size: 0 }];
  }
}

function manifestIn(path: string): Manifest {
  const file = join(path, runFiles.manifest);
  const text = readRegularNow(file);
  if (text === null) throw new ResultsError(`${file}: was removed`);
  return parseManifest(text, file);
}

function recordsOf(path: string, manifest: Manifest, until?: number): AsyncGenerator<JournalRecord, JournalEnd, void> {
  return readJournal(join(path, runFiles.journal), hashOf(manifest), until === undefined ? {} : { until });
}
