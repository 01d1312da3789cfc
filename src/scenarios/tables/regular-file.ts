import { stat } from 'node:fs/promises';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'not readable by this user',
  ELOOP: 'a loop of links',
  ENAMETOOLONG: 'a name that is too long',
  ERR_INVALID_ARG_VALUE: 'a name with a NUL character',
};

/**
 * Why a path cannot be read as a file, or undefined. Folders, pipes and devices are refused: some never end.
 */
export async function fileFault(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? undefined : 'something that is not a regular file';
  } catch (error) {
    return faultOfRead(error);
  }
}

/** A failed read in words. */
export function faultOfRead(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code);
  return reasons[code] ?? code;
}
