import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { syncFolder } from './durable-file.ts';
import { expectFolder, folderEntries, folderName } from './read-run.ts';
import { fileError, ResultsError } from './results-error.ts';

const runName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The folder that a run goes to. */
export interface ChosenFolder {
  readonly path: string;
  /** How many folders of the same run lay there before it. */
  readonly earlier: number;
}

/**
 * The folder `<name>--<id>` of a run, or the newest of those beside it; made if there is none.
 *
 * Fresh ones are numbered from .2 on and made exclusively, so that two processes never get the same one.
 *
 * @throws {ResultsError} for a name that cannot be a folder's, a folder that cannot be made, and a link or a file in its place
 */
export async function chooseFolder(
  where: { readonly resultsDirectory: string; readonly name: string; readonly id: string; readonly fresh: boolean },
  disk: Disk,
): Promise<ChosenFolder> {
  const { resultsDirectory, name, id, fresh } = where;
  const { base, numbers, newest } = await foldersOf({ resultsDirectory, name, id });
  if (newest > 0 && !fresh) {
    const path = numbered(base, newest);
    await expectFolder(path);
    return { path, earlier: numbers.length - 1 };
  }
  await makeFolder(resultsDirectory, () => disk.ensureFolder(resultsDirectory));
  for (let number = newest + 1; ; number++) {
    const path = numbered(base, number);
    const isMade = await makeFolder(path, () => disk.makeFolder(path));
    if (!isMade && fresh) continue;
    // Another process made it since the look above: it will hold the lock, or leave the folder to this one.
    if (!isMade) await expectFolder(path);
    await syncFolder(resultsDirectory, disk).catch((error) => {
      throw fileError(error, 'cannot write to this folder', resultsDirectory);
    });
    return { path, earlier: numbers.length };
  }
}

/**
 * The folder that `chooseFolder` would give without making one: the newest of the run's; null if there is none.
 *
 * @throws {ResultsError} for a name that cannot be a folder's, and a link or a file in its place
 */
export async function newestFolder(where: NamedRun): Promise<string | null> {
  const { base, newest } = await foldersOf(where);
  if (newest === 0) return null;
  const path = numbered(base, newest);
  await expectFolder(path);
  return path;
}

/** What the folders of a run are named after, and where they lie. */
interface NamedRun {
  readonly resultsDirectory: string;
  readonly name: string;
  readonly id: string;
}

async function foldersOf({ resultsDirectory, name, id }: NamedRun) {
  if (!runName.test(name)) {
    throw new ResultsError(
      `${JSON.stringify(name)} cannot name a run folder: expected 1 to 64 of a-z, 0-9, '.', '_' and '-', the first a ` +
        'letter or a digit; rename the scenario',
    );
  }
  const numbers = (await folderEntries(resultsDirectory)).flatMap((entry) => numberOf(entry, name, id));
  return { base: join(resultsDirectory, `${name}--${id}`), numbers, newest: Math.max(0, ...numbers) };
}

/** The number of an entry among the folders of one run, 1 for the one without; nothing for another entry. */
function numberOf(entry: string, name: string, id: string): number[] {
  const parts = folderName.exec(entry)?.groups;
  return parts !== undefined && parts.name === name && parts.id === id ? [Number(parts.number ?? 1)] : [];
}

function numbered(base: string, number: number): string {
  return number === 1 ? base : `${base}.${number}`;
}

/** False if something has that name. */
async function makeFolder(path: string, make: () => Promise<void>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') {
      const why = 'its parent is gone, or takes no folders; choose another results folder';
      throw new ResultsError(`${path}: cannot make this folder (ENOENT): ${why}`, { cause: error });
    }
    throw fileError(error, 'cannot make this folder', path);
  }
}
