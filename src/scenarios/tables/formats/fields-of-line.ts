import { parse } from 'csv-parse/sync';
import type { Fault } from './table-format.ts';

/**
 * The fields of one line of CSV, trimmed; or why there are none.
 *
 * A row stands on one line: a newline inside quotes is an unbalanced quote here, so that one stray quote costs one
 * row and not the rest of the file.
 */
export function fieldsOfLine(line: string): readonly string[] | Fault {
  if (!line.includes('"')) return line.split(',').map((field) => field.trim());
  try {
    const [fields]: string[][] = parse(line, { trim: true, relax_column_count: true, record_delimiter: '\n' });
    return fields.map((field) => field.trim());
  } catch {
    return { fault: 'expected balanced quotes, the whole field inside them, got an unbalanced one' };
  }
}
