import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashOf } from '../../random/canonical-json.ts';
import type { Manifest } from '../manifest.ts';
import { type JournalEnd, type JournalRecord, readJournal } from '../read-journal.ts';
import { expectFolder, folderEntries, folderName, readManifest, runFiles } from '../read-run.ts';
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
  const found = await Promise.all(names.map((name) => ageOf(join(resultsDirectory, name))));
  const newest = found.flat().toSorted((a, b) => b.writtenMs - a.writtenMs || (a.path < b.path ? 1 : -1));
  const runs: EarlierRun[] = [];
  const damaged: { path: string; problem: string }[] = [];
  let [read, bytes] = [0, 0];
  for (const { path, size } of newest) {
    if (read === mostManifests || bytes + size > mostManifestBytes) break;
    [read, bytes] = [read + 1, bytes + size];
    try {
      await expectFolder(path);
      const manifest = await readManifest(path);
      if (manifest !== null) runs.push({ path, manifest, records: (until) => recordsOf(path, manifest, until) });
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

/** When a folder's manifest was written, and its size; nothing for a folder without one. */
async function ageOf(path: string) {
  return stat(join(path, runFiles.manifest)).then(
    ({ mtimeMs, size }) => [{ path, writtenMs: mtimeMs, size }],
    () => [],
  );
}

function recordsOf(path: string, manifest: Manifest, until?: number): AsyncGenerator<JournalRecord, JournalEnd, void> {
  return readJournal(join(path, runFiles.journal), hashOf(manifest), until === undefined ? {} : { until });
}
