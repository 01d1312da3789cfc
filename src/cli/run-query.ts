import { paintFor } from '../report/paint.ts';
import { queryText } from '../report/query-text.ts';
import type { ExportFormat } from '../results/export/formats.ts';
import type { Table, Value } from '../results/export/table.ts';
import { askQuery, QueryLimitError } from '../results/query/ask-query.ts';
import { ResultsError } from '../results/results-error.ts';
import { abortOnSignals } from './interruption.ts';
import { refuseBinary, writeTable } from './write-table.ts';

export interface QueryFlags {
  readonly format: ExportFormat | 'text';
  readonly output?: string;
  /** Rows that text shows. */
  readonly rows: number;
  /** Seconds. */
  readonly timeout: number;
}

/**
 * Answers a query over finished runs. Returns whether it came to its end: not where a signal ended it.
 *
 * @throws {QueryLimitError} where it takes too long, or too much memory
 */
export async function answerQuery(folders: readonly string[], sql: string, flags: QueryFlags): Promise<boolean> {
  const { format, output, rows, timeout } = flags;
  if (format === 'text' && output !== undefined)
    throw new ResultsError('--output: is for a table of another program; name its --format too');
  refuseBinary(flags);
  const stop = new AbortController();
  const interruption = abortOnSignals(() => stop.abort(interruptedByUser));
  const tooLong = new QueryLimitError(`query: took longer than ${timeout} s; ask for less, or raise --timeout`);
  const timer = setTimeout(() => stop.abort(tooLong), 1000 * timeout);
  try {
    await askQuery({ folders, sql }, stop.signal, async (result, metadata) => {
      if (format === 'text') await show(result, rows);
      else await writeTable(result, { format, ...(output !== undefined && { output }) }, metadata);
    });
    return true;
  } catch (error) {
    if (error === interruptedByUser) return false;
    throw error;
  } finally {
    clearTimeout(timer);
    interruption.stopListening();
  }
}

const interruptedByUser = new Error('interrupted');

/** Shows the first rows, and counts all. */
async function show({ columns, rows }: Table, most: number): Promise<void> {
  const shown: (readonly Value[])[] = [];
  let total = 0;
  for await (const row of rows()) {
    if (total < most) shown.push(row);
    total += 1;
  }
  // What reads a pipe may be as wide as it likes.
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  process.stdout.write(queryText({ columns, rows: shown, total }, width, paintFor(process.stdout)));
}
