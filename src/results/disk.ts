import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An open file, as far as writing a run needs one. */
export interface DiskFile {
  /** Writes all of it, at the end where the file was opened for appending; text as UTF-8. */
  write(content: string | Uint8Array): Promise<void>;
  /** fsync: content and every attribute. */
  sync(): Promise<void>;
  /** fdatasync: content and length. */
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Device and inode: what the open file is, whatever its path says now. */
  identity(): Promise<string>;
  close(): Promise<void>;
}

/** Every operation that changes the disk. A test passes a disk that fails, or kills the process, at the n-th. */
export interface Disk {
  open(path: string, flags: 'a' | 'wx' | 'r'): Promise<DiskFile>;
  /** Fails with EEXIST where something has that name. */
  makeFolder(path: string): Promise<void>;
  /** Makes the missing parents too, and is content with a folder that exists. */
  ensureFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>;
}

/** The disk of this machine. */
export const localDisk: Disk = {
  open: async (path, flags) => localFile(await open(path, flags)),
  makeFolder: (path) => mkdir(path),
  ensureFolder,
  rename,
  remove: (path) => rm(path, { force: true }),
};

/** One level at a time, because `mkdir` with `recursive` never returns where a parent that exists takes no folders: /proc. */
async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await ensureFolder(dirname(path));
      return ensureIn(path);
    }
    if (await isFolder(path)) return;
    throw error;
  }
}

/** Once its parent is there. Another process may make the folder too, at the same moment. */
async function ensureIn(path: string): Promise<void> {
  await mkdir(path).catch(async (error) => {
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function localFile(file: FileHandle): DiskFile {
  return {
    write: (content) => file.appendFile(content, 'utf8'),
    sync: () => file.sync(),
    datasync: () => file.datasync(),
    truncate: (length) => file.truncate(length),
    identity: async () => identityOf(await file.stat({ bigint: true })),
    close: () => file.close(),
  };
}

/** Device and inode of a file. */
export function identityOf(stat: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${stat.dev}:${stat.ino}`;
}

/** Device and inode of what has a path, by stat, which opens nothing. Null where there is nothing. */
export async function identityAt(path: string): Promise<string | null> {
  return stat(path, { bigint: true }).then(identityOf, () => null);
}
