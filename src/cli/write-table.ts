import { pipeline } from 'node:stream/promises';
import type { ExportFormat } from '../results/export/formats.ts';
import { tableText } from '../results/export/index.ts';
import type { Table } from '../results/export/table.ts';
import { writeExport } from '../results/export/write-export.ts';
import { ResultsError } from '../results/results-error.ts';

/** Where a table goes, and how. */
export interface TableFlags {
  readonly format: ExportFormat;
  /** A file that does not exist yet; stdout where it is missing. */
  readonly output?: string;
}

/** Writes a table in a format for other programs. */
export async function writeTable(
  table: Table,
  { format, output }: TableFlags,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const pieces = tableText(table, format, metadata);
  if (output === undefined) await pipeline(pieces, process.stdout, { end: false });
  else await writeExport(output, pieces);
}

/** @throws {ResultsError} for what would fill a terminal with bytes */
export function refuseBinary({ format, output }: { readonly format: string; readonly output?: string }): void {
  if (format !== 'parquet' || output !== undefined || !process.stdout.isTTY) return;
  throw new ResultsError(
    '--format parquet: is binary and not for a terminal; name a file with --output, or redirect stdout',
  );
}
