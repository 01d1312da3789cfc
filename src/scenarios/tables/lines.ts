import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { DataError } from '../data-error.ts';
import { visiblePath } from '../visible-text.ts';
import { faultOfRead, fileFault } from './regular-file.ts';

/** No table has longer lines; a file without newlines would otherwise be held in memory whole. */
const longestLine = 2 ** 20;

const newline = 10;
const carriageReturn = 13;

/** A line of a file, without its end. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** null if its bytes are not UTF-8. */
  readonly text: string | null;
}

/**
 * The lines of a file, in batches, in memory bounded by the longest line. Lines end in LF or CR LF; a byte-order mark
 * is not part of the first.
 *
 * @param onBytes sees every byte of the file, in order
 * @throws {DataError} for what is not a regular file, for UTF-16, and for lines of more than a megabyte
 */
export async function* lineBatches(path: string, onBytes: (bytes: Buffer) => void): AsyncGenerator<Line[]> {
  const name = visiblePath(path);
  const fault = await fileFault(path);
  if (fault !== undefined) throw new DataError(`${name} — expected a file of data, got ${fault}`);
  let rest: Buffer = Buffer.alloc(0);
  let lines = 0;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 2 ** 18 }) as AsyncIterable<Buffer>) {
      onBytes(bytes);
      const batch: Line[] = [];
      let held = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      if (lines === 0) held = withoutMark(held, name);
      let start = 0;
      for (let end = held.indexOf(newline); end !== -1; end = held.indexOf(newline, start)) {
        lines += 1;
        batch.push(lineOf(held.subarray(start, end), lines));
        start = end + 1;
      }
      rest = held.subarray(start);
      if (rest.length > longestLine) {
        throw new DataError(`${name}:${lines + 1} — expected a line of at most a megabyte, got a longer one`);
      }
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    if (error instanceof DataError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new DataError(`${name} — expected a file of data, got ${faultOfRead(error)}`);
  }
  if (rest.length > 0) yield [lineOf(rest, lines + 1)];
}

function lineOf(bytes: Buffer, number: number): Line {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return { number, text: isUtf8(bytes) ? bytes.toString('utf8', 0, end) : null };
}

function withoutMark(bytes: Buffer, name: string): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new DataError(`${name}:1 — expected text in UTF-8, got UTF-16`);
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
