import { open } from 'node:fs/promises';
import { fileError, ResultsError } from '../results-error.ts';

/**
 * Writes an export to a file that must not exist yet.
 *
 * @throws {ResultsError} when there is such a file, or it cannot be written
 */
export async function writeExport(path: string, table: string | Uint8Array): Promise<void> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(table);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new ResultsError(`${path}: exists already and is not overwritten; name another file with --output`);
    }
    throw fileError(error, 'cannot write this file', path);
  }
}
