import { createHash } from 'node:crypto';
import { DataError } from '../data-error.ts';
import { shownNumber, shownValue } from '../shown-value.ts';
import { visiblePath } from '../visible-text.ts';
import { lineBatches } from './lines.ts';

const mostValues = 10_000_000;
const greatestValue = 1e30;

/** The values of a trace, and what their file's bytes hash to. */
export interface TraceFile {
  readonly values: readonly number[];
  readonly sha256: string;
}

/**
 * Reads a file of one number a line; blank lines are left out.
 *
 * @throws {DataError} for lines that are no number from 0 to 1e30, and for more than ten million of them
 */
export async function readTraceFile(path: string): Promise<TraceFile> {
  const name = visiblePath(path);
  const hash = createHash('sha256');
  const values: number[] = [];
  for await (const lines of lineBatches(path, (bytes) => hash.update(bytes))) {
    for (const { number, text } of lines) {
      if (text?.trim() === '') continue;
      const value = /^\s*\+?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text ?? '') ? Number(text) : Number.NaN;
      if (!(value <= greatestValue)) {
        const range = `a number from 0 to ${shownNumber(greatestValue)}`;
        throw new DataError(
          `${name}:${number} — expected ${range}, got ${shownValue(text ?? 'bytes that are not UTF-8')}`,
        );
      }
      if (values.length === mostValues) {
        throw new DataError(`${name}:${number} — expected at most ${shownNumber(mostValues)} numbers, got more`);
      }
      values.push(value);
    }
  }
  return { values, sha256: hash.digest('hex') };
}
