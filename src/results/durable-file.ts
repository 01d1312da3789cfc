import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { fileError } from './results-error.ts';

/**
 * Puts a whole file in place so that a crash at any moment leaves the old state or the new one, never a part:
 * written beside as `<path>.tmp`, synced, renamed, and the folder synced. Needs to be the only writer of that path.
 *
 * @throws {ResultsError} if the disk refuses
 */
export async function writeDurably(path: string, content: string | Uint8Array, disk: Disk): Promise<void> {
  const beside = `${path}.tmp`;
  try {
    await disk.remove(beside);
    // 'wx' does not follow a link that someone put there.
    await withFile(await disk.open(beside, 'wx'), async (file) => {
      await file.write(content);
      await file.sync();
    });
    await disk.rename(beside, path);
    await syncFolder(dirname(path), disk);
  } catch (error) {
    // On a full disk what there is of it takes room. What matters is the first error.
    await disk.remove(beside).catch(() => {});
    throw fileError(error, 'cannot write this file', path);
  }
}

/** Makes the names in a folder durable: a synced file in a folder that is not may be gone after a power cut. */
export async function syncFolder(folder: string, disk: Disk): Promise<void> {
  await withFile(await disk.open(folder, 'r'), (file) => file.sync());
}

async function withFile(file: DiskFile, use: (file: DiskFile) => Promise<void>): Promise<void> {
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
