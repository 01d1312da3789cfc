import { csvText } from './csv.ts';
import type { ExportFormat } from './formats.ts';
import { jsonText } from './json.ts';
import { markdownText } from './markdown.ts';
import { parquetFile } from './parquet.ts';
import type { Table } from './table.ts';

/**
 * A table in a format for other programs, piece by piece.
 *
 * @param metadata what a Parquet file says of itself; the other formats have no place for it
 */
export async function* tableText(
  table: Table,
  format: ExportFormat,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<string | Uint8Array> {
  switch (format) {
    case 'csv':
      yield* csvText(table);
      return;
    case 'json':
      yield* jsonText(table);
      return;
    case 'markdown':
      yield* markdownText(table);
      return;
    case 'parquet':
      yield await parquetFile(table, metadata);
  }
}
