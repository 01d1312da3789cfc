import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileError, ResultsError } from '../results-error.ts';

/**
 * Writes an export to a file that must not exist yet, whole or not at all.
 *
 * @throws {ResultsError} when there is such a file, or it cannot be written
 */
export async function writeExport(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw fileError(error, 'cannot write this file', path);
    throw new ResultsError(`${path}: exists already and is not overwritten; name another file with --output`);
  });
  try {
    await pipeline(pieces, file.createWriteStream());
  } catch (error) {
    await rm(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw fileError(error, 'cannot write this file', path);
  }
}
