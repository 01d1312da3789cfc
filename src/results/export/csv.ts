import { stringify } from 'csv-stringify/sync';
import { batches } from './batches.ts';
import { spreadsheetSafe } from './spreadsheet-safe.ts';
import type { Table, Value } from './table.ts';

/**
 * RFC 4180, with a header. Text that a spreadsheet would run as a formula gets a leading apostrophe, and so does text that
 * begins with one, so that taking one away gives back what was there. Numbers stay as they are. What is not there is
 * empty, empty text is "".
 */
export async function* csvText({ columns, rows }: Table): AsyncGenerator<string> {
  if (columns.length === 0) return;
  yield records([columns.map(({ name }) => name)]);
  for await (const batch of batches(rows())) yield records(batch);
}

function records(rows: readonly (readonly Value[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows', cast: { string: textField, boolean: String } },
  );
}

function textField(text: string) {
  // csv-stringify quotes CR LF, but neither of the two alone.
  const quoted = /[\r\n]/.test(text);
  return { value: spreadsheetSafe(text), quoted, quoted_empty: true };
}
