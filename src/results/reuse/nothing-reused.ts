import { basename, join } from 'node:path';
import { visiblePath } from '../../scenarios/visible-text.ts';
import { folderEntries, folderName } from '../read-run.ts';
import type { RunFolder } from '../run-folder.ts';

/**
 * What a person is told of a new run of trainings: that earlier runs of the scenario are not made use of, if there are any.
 * Their replicates are whole trainings, which are not shared between plans.
 */
export async function nothingReused(
  { path, status }: Pick<RunFolder, 'path' | 'status'>,
  resultsDirectory: string,
  scenario: string,
): Promise<string[]> {
  if (status !== 'new') return [];
  const entries = await folderEntries(resultsDirectory);
  const earlier = entries.filter(
    (entry) => folderName.exec(entry)?.groups?.name === scenario && entry !== basename(path),
  );
  if (earlier.length === 0) return [];
  const named = visiblePath(join(resultsDirectory, earlier.sort()[0]));
  const others = earlier.length === 1 ? '' : ` (and ${earlier.length - 1} more)`;
  return [`${visiblePath(path)}: all is computed: of runs of trainings, such as ${named}${others}, nothing is reused`];
}
