import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { visiblePath } from '../../scenarios/visible-text.ts';
import { identityAt, identityOf, localDisk } from '../disk.ts';
import { syncFolder } from '../durable-file.ts';
import { ResultsError } from '../results-error.ts';

/**
 * Writes an export to a file that must not exist yet, whole or not at all: beside it as `<path>.tmp`, which the next export
 * to that path removes where a crash has left it.
 *
 * @throws {ResultsError} when there is such a file, another process writes to it, or it cannot be written
 */
export async function writeExport(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await expectFree(path);
    await writeBeside(path, pieces);
    await syncFolder(dirname(path), localDisk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw await exportError(error as NodeJS.ErrnoException, path);
  }
}

async function writeBeside(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const beside = `${path}.tmp`;
  await rm(beside, { force: true });
  // 'wx' does not follow a link that someone put there.
  const file = await open(beside, 'wx');
  const own = identityOf(await file.stat({ bigint: true }));
  const isOwn = async () => (await identityAt(beside)) === own;
  try {
    await pipeline(pieces, file.createWriteStream({ flush: true }));
    await expectFree(path);
    if (!(await isOwn())) throw Object.assign(new Error('another file has its name'), { code: 'EBUSY' });
    await rename(beside, path);
  } catch (error) {
    if (await isOwn()) await rm(beside, { force: true });
    throw error;
  }
}

/** A link counts, whether or not it leads anywhere. */
async function expectFree(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found !== null) throw Object.assign(new Error('something has its name'), { code: 'EEXIST' });
}

const otherFile = 'name another file with --output';

const reasons: Readonly<Record<string, string>> = {
  EEXIST: `exists already and is not overwritten; ${otherFile}`,
  EBUSY: `another process is writing to it; wait until it ends, or ${otherFile}`,
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
