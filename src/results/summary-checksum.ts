import { hashOf, type Json } from '../random/canonical-json.ts';
import { freshRemedy, ResultsError } from './results-error.ts';

/** A summary as `summary.json` holds it: with the SHA-256 of the canonical JSON of all else that is in it. */
export function withChecksum(summary: object): object {
  return { ...summary, checksum: hashOf(summary) };
}

/**
 * A summary that is as its run wrote it. What makes no difference to its values makes none here: white space, the order of
 * the fields.
 *
 * @param path of its file
 * @throws {ResultsError} where anything in it was changed, and for one that has no checksum
 */
export function asWritten(summary: Json, path: string): Json {
  const fault = (what: string) => new ResultsError(`${path}: ${what}; restore the file, or ${freshRemedy}`);
  if (typeof summary !== 'object' || summary === null || Array.isArray(summary)) throw fault('is no summary of a run');
  const { checksum, ...rest } = summary as { readonly [key: string]: Json };
  if (checksum === undefined) {
    throw fault('expected a checksum, got none: it was changed by hand, or written by an earlier build');
  }
  if (checksum !== hashOf(rest)) throw fault('is not as the run wrote it: its checksum is of other values');
  return summary;
}
