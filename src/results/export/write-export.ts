import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { visiblePath } from '../../scenarios/visible-text.ts';
import { ResultsError } from '../results-error.ts';

/**
 * Writes an export to a file that must not exist yet, whole or not at all.
 *
 * @throws {ResultsError} when there is such a file, or it cannot be written
 */
export async function writeExport(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'wx').catch(async (error) => {
    throw await exportError(error, path);
  });
  try {
    await pipeline(pieces, file.createWriteStream());
  } catch (error) {
    await rm(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw await exportError(error as NodeJS.ErrnoException, path);
  }
}

const otherFile = 'name another file with --output';

const reasons: Readonly<Record<string, string>> = {
  EEXIST: `exists already and is not overwritten; ${otherFile}`,
  EISDIR: `is a folder; ${otherFile}`,
  ENOTDIR: `cannot be written: a part of this path is a file where a folder is needed; ${otherFile}`,
  ENOSPC: 'cannot be written: the disk is full; free some space, and export again',
  EDQUOT: 'cannot be written: your share of the disk is full; free some space, and export again',
};

async function exportError(cause: NodeJS.ErrnoException, path: string): Promise<ResultsError> {
  const { code = '', message } = cause;
  const folder = dirname(path);
  const isLost = code === 'ENOENT' && (await stat(folder).catch(() => null)) === null;
  const reason = isLost
    ? `cannot be written: there is no folder ${visiblePath(folder)}; make it first, or ${otherFile}`
    : (reasons[code] ??
      `cannot be written (${code || message}); ${otherFile}, or change the permissions of its folder`);
  return new ResultsError(`${visiblePath(path)}: ${reason}`, { cause });
}
