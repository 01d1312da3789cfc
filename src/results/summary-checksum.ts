import { createHash } from 'node:crypto';
import { canonicalJson, hashOf, type Json } from '../random/canonical-json.ts';
import { freshRemedy, ResultsError } from './results-error.ts';

/**
 * The text of `summary.json`: what `prettyJson` writes of the summary and its `checksum`, the SHA-256 of the canonical JSON
 * of all else that is in it.
 *
 * @throws {RangeError | TypeError} as canonicalJson
 */
export function summaryText(summary: object): string {
  // Canonical once, for a summary may have a hundred megabytes.
  const canonical = canonicalJson(summary);
  const fields = { ...JSON.parse(canonical), checksum: sha256(canonical) };
  const sorted = Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((name) => [name, fields[name]]),
  );
  return `${JSON.stringify(sorted, null, 2)}\n`;
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
  // In a file that is as it was written all keys are sorted, so that its JSON is canonical.
  const isRight = checksum === sha256(JSON.stringify(rest)) || checksum === hashOf(rest);
  if (!isRight) throw fault('is not as the run wrote it: its checksum is of other values');
  return summary;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
