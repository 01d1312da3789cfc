import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { fileError, ResultsError } from './results-error.ts';

// No link is followed out of a run folder, and a fifo must not hold the program up.
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const largestText = 256 * 2 ** 20;

/** Opens a regular file for reading; null where nothing has that name. The caller closes it. */
export async function openRegular(path: string): Promise<FileHandle | null> {
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (error) {
    return nullIfMissing(error, path);
  }
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw notRegular(path);
}

/** The text of a regular file of at most 256 MB; null where nothing has that name. */
export async function readRegular(path: string): Promise<string | null> {
  const file = await openRegular(path);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size > largestText) throw tooLarge(path, size);
    return await file.readFile('utf8');
  } catch (error) {
    throw fileError(error, 'cannot read this file', path);
  } finally {
    await file.close();
  }
}

/** As readRegular, at once: many small files take longer to wait for than to read. */
export function readRegularNow(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (error) {
    return nullIfMissing(error, path);
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw notRegular(path);
    if (found.size > largestText) throw tooLarge(path, found.size);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(error, 'cannot read this file', path);
  } finally {
    closeSync(file);
  }
}

/** Null where opening failed because nothing has that name. @throws {ResultsError} otherwise */
function nullIfMissing(error: unknown, path: string): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return null;
  if (code === 'ELOOP') throw notRegular(path);
  throw fileError(error, 'cannot read this file', path);
}

function tooLarge(path: string, size: number): ResultsError {
  return new ResultsError(`${path}: ${size} bytes are more than such a file can have`);
}

/** For what has the place of a file. */
export function notRegular(path: string): ResultsError {
  return new ResultsError(`${path}: expected a regular file, got a link, a folder or a device; move it away`);
}
