import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream';
import { constants, createZstdCompress } from 'node:zlib';
import type { Disk } from './disk.ts';
import { syncFolder } from './durable-file.ts';
import { packedSuffix, unpacked } from './journal-source.ts';
import { openRegular } from './regular-file.ts';
import { fileError, ResultsError } from './results-error.ts';

/** Shorter journals stay as they are, to be read by eye. */
const leastPackedBytes = 8 * 2 ** 20;

/**
 * Packs the journal of a finished run to a third or a quarter of its length (zstd): nothing of it is lost, and all that reads
 * journals reads packed ones. The plain file goes once the packed one has been read back and found to be the same; a
 * crash at any moment leaves the one, the other, or both, and perhaps a `.zst.tmp` that nothing reads.
 *
 * @param least how long a journal must be to be packed
 * @throws {ResultsError} if the disk refuses; the plain journal is then as it was
 */
export async function packJournal(path: string, disk: Disk, least = leastPackedBytes): Promise<void> {
  const beside = `${path}${packedSuffix}.tmp`;
  const plain = await openRegular(path);
  if (plain === null) return;
  try {
    if ((await plain.stat()).size < least) return;
    await disk.remove(beside);
    const written = await writePacked(plain, beside, disk);
    if ((await hashOfPacked(beside)) !== written) throw new ResultsError(`${beside}: is not what was written to it`);
    await disk.rename(beside, `${path}${packedSuffix}`);
    await syncFolder(dirname(path), disk);
    await disk.remove(path);
  } catch (error) {
    // It is only in the way: what matters is the first error.
    await disk.remove(beside).catch(() => {});
    throw fileError(error, 'cannot pack the journal', path);
  } finally {
    await plain.close();
  }
}

/** Returns the hash of what was packed. */
async function writePacked(plain: FileHandle, to: string, disk: Disk): Promise<string> {
  const hash = createHash('sha256');
  const hashed = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece);
      yield piece;
    }
  };
  const file = await disk.open(to, 'wx');
  try {
    const read = plain.createReadStream({ start: 0, autoClose: false });
    const encoder = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
    // What goes wrong on the way destroys the encoder, whose reader meets it.
    for await (const piece of pipeline(read, hashed, encoder, () => {})) await file.write(piece);
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function hashOfPacked(path: string): Promise<string> {
  const file = await openRegular(path);
  if (file === null) throw Object.assign(new Error('it is gone'), { code: 'ENOENT' });
  try {
    const hash = createHash('sha256');
    for await (const piece of unpacked(file)) hash.update(piece);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
