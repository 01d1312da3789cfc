import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import { openRegular } from './regular-file.ts';

const pieceSize = 64 * 1024;

/** What the name of a packed journal ends with. */
export const packedSuffix = '.zst';

/** The bytes of a journal, wherever they are: as they were written, or packed once the run was finished. */
export interface JournalSource {
  /** Of the file that is read. */
  readonly path: string;
  /** Whether it is whole and never written to again. */
  readonly isPacked: boolean;
  /** The journal's bytes from one on, up to another, in pieces; a piece is good until the next is asked for. */
  pieces(from: number, until: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a journal for reading: the plain file, or else the packed one; null where there is neither.
 *
 * @param path of the plain one
 */
export async function openJournalSource(path: string): Promise<JournalSource | null> {
  const plain = await openRegular(path);
  if (plain !== null) return sourceOf(path, plain, false);
  const packed = await openRegular(`${path}${packedSuffix}`);
  return packed === null ? null : sourceOf(`${path}${packedSuffix}`, packed, true);
}

function sourceOf(path: string, file: FileHandle, isPacked: boolean): JournalSource {
  const pieces = isPacked ? unpackedPieces : plainPieces;
  return { path, isPacked, pieces: (from, until) => pieces(file, from, until), close: () => file.close() };
}

async function* plainPieces(file: FileHandle, from: number, until: number): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafe(pieceSize);
  for (let position = from; position < until; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(pieceSize, until - position), position);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    position += bytesRead;
  }
}

async function* unpackedPieces(file: FileHandle, from: number, until: number): AsyncGenerator<Buffer> {
  let position = 0;
  const decoder = unpacked(file);
  for await (const piece of decoder) {
    const wanted = piece.subarray(Math.max(0, from - position), Math.max(0, until - position));
    position += piece.length;
    if (wanted.length > 0) yield wanted;
    if (position >= until) return;
  }
  // The decoder stops at the end of what was packed, and says nothing of bytes behind it.
  const { size } = await file.stat();
  if (decoder.bytesWritten !== size) {
    throw Object.assign(new Error(`${size - decoder.bytesWritten} bytes stand behind its end`), { code: 'Z_TRAILING' });
  }
}

/** The content of a zstd file, from its first byte. @throws the decoder's error, for a damaged one */
export function unpacked(file: FileHandle): ZstdDecompress {
  // What goes wrong on the way destroys the decoder, whose reader meets it.
  return pipeline(file.createReadStream({ start: 0, autoClose: false }), createZstdDecompress(), () => {});
}
