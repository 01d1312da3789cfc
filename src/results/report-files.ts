import { mkdir, stat } from 'node:fs/promises';
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
 * Writes files into a folder, each whole or not at all; makes the folder.
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
  let count = 0;
  for await (const { name, content } of files) {
    await writeDurably(join(folder, name), content, localDisk);
    count += 1;
  }
  return count;
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
