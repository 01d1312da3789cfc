import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { localDisk } from './disk.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
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
 * Writes files into a folder, each whole or not at all. A new folder, too, is there whole or not at all: it is made beside as
 * `<folder>.tmp`, which the next attempt empties where a crash has left it.
 *
 * @returns how many files there are
 * @throws {ResultsError} when something has that name and is not to be replaced, or the disk refuses
 */
export async function writeFolder(
  folder: string,
  files: AsyncIterable<WrittenFile>,
  overwriting: Overwriting,
): Promise<number> {
  await expectFree(folder, overwriting);
  if (await isTaken(folder)) return writeFiles(folder, files);
  // Without the slash that may stand at its end.
  const path = resolve(folder);
  const beside = `${path}.tmp`;
  await makeEmpty(beside);
  try {
    const count = await writeFiles(beside, files);
    await putInPlace(beside, path);
    return count;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

async function putInPlace(beside: string, path: string): Promise<void> {
  try {
    await localDisk.rename(beside, path);
    await syncFolder(dirname(path), localDisk);
  } catch (error) {
    throw fileError(error, 'cannot make this folder', path);
  }
}

interface WrittenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

async function writeFiles(folder: string, files: AsyncIterable<WrittenFile>): Promise<number> {
  let count = 0;
  for await (const { name, content } of files) {
    await writeDurably(join(folder, name), content, localDisk);
    count += 1;
  }
  return count;
}

/** Only files go: a folder in it, or a link in its place, is somebody else's, and refused. */
async function makeEmpty(folder: string): Promise<void> {
  try {
    await localDisk.ensureFolder(folder);
    if (!(await lstat(folder)).isDirectory()) throw Object.assign(new Error('it is a link'), { code: 'EEXIST' });
    for (const name of await readdir(folder)) await localDisk.remove(join(folder, name));
  } catch (error) {
    throw fileError(error, 'cannot make this folder', folder);
  }
}

async function expectFree(path: string, { force }: Overwriting): Promise<void> {
  if (force || !(await isTaken(path))) return;
  throw new ResultsError(`${path}: exists already; name another with --output, or write over it with --force`);
}

async function isTaken(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw fileError(error, 'cannot write here', path);
    },
  );
}
