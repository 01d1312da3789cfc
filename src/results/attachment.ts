import { dirname, join } from 'node:path';
import type { Disk } from './disk.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import { expectFolder } from './read-run.ts';
import { fileError } from './results-error.ts';

const attachmentName = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/;

/**
 * Writes a file into a folder of a run folder: what is not the run itself but made from it. See writeDurably.
 *
 * @throws {RangeError} for a name that is not a folder and a file
 * @throws {ResultsError} for a link or a file in the folder's place, and if the disk refuses
 */
export async function writeAttachment(runPath: string, name: string, text: string, disk: Disk): Promise<void> {
  if (!attachmentName.test(name)) throw new RangeError(`attach: expected folder/file, got ${JSON.stringify(name)}`);
  const path = join(runPath, name);
  await attachmentFolder(runPath, dirname(name), disk);
  await writeDurably(path, text, disk);
}

/**
 * Makes a folder within a run folder, if it is not there.
 *
 * @returns its path
 * @throws {ResultsError} for a link or a file in its place, and if the disk refuses
 */
export async function attachmentFolder(runPath: string, name: string, disk: Disk): Promise<string> {
  const folder = join(runPath, name);
  try {
    await disk.makeFolder(folder);
    await syncFolder(runPath, disk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(error, 'cannot make this folder', folder);
    // No link is followed out of a run folder.
    await expectFolder(folder);
  }
  return folder;
}
