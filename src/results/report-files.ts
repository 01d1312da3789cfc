import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { localDisk } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { fileError, ResultsError } from './results-error.ts';

/** Whether what is there already may be replaced. */
export interface Overwriting {
  readonly force: boolean;
}

/**
 * Writes a page, whole or not at all.
 *
 * @throws {ResultsError} when something has that name and is not to be replaced, or the disk refuses
 */
export async function writePage(path: string, text: string, overwriting: Overwriting): Promise<void> {
  await expectFree(path, overwriting);
  await writeDurably(path, text, localDisk);
}

/**
 * Writes files into a folder, each whole or not at all; makes the folder, and removes it where not all can be written.
 *
 * @throws {ResultsError} when something has that name and is not to be replaced, or the disk refuses
 */
export async function writeFolder(
  folder: string,
  files: AsyncIterable<{ readonly name: string; readonly content: string | Uint8Array }>,
  overwriting: Overwriting,
): Promise<number> {
  await expectFree(folder, overwriting);
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw fileError(error, 'cannot make this folder', folder);
  });
  const written: string[] = [];
  try {
    for await (const { name, content } of files) {
      await writeDurably(join(folder, name), content, localDisk);
      written.push(join(folder, name));
    }
  } catch (error) {
    // The folder was not there before: without it, the same command can be run again.
    if (!overwriting.force) await removeFolder(folder, written);
    throw error;
  }
  return written.length;
}

/** What matters is the error that comes before it. */
async function removeFolder(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await rm(file, { force: true }).catch(() => {});
  await rmdir(folder).catch(() => {});
}

async function expectFree(path: string, { force }: Overwriting): Promise<void> {
  if (force) return;
  const isTaken = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw fileError(error, 'cannot write here', path);
    },
  );
  if (isTaken)
    throw new ResultsError(`${path}: exists already; name another with --output, or write over it with --force`);
}
