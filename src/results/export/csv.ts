import { stringify } from 'csv-stringify/sync';
import type { Row } from './rows.ts';

/** RFC 4180, with a header; text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvTable(rows: readonly Row[]): string {
  return stringify([...rows], { header: true, record_delimiter: 'windows', escape_formulas: true });
}
