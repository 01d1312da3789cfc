import type { RunSummary } from '../summary-schema.ts';
import { csvTable } from './csv.ts';
import type { ExportFormat } from './formats.ts';
import { markdownTable } from './markdown.ts';
import { parquetTable } from './parquet.ts';
import { rowsOf, type TableName } from './rows.ts';

/** A table of a run in a format for other programs. */
export function exportTable(summary: RunSummary, table: TableName, format: ExportFormat): string | Uint8Array {
  const rows = rowsOf(summary, table);
  switch (format) {
    case 'csv':
      return csvTable(rows);
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'markdown':
      return markdownTable(rows);
    case 'parquet': {
      const { scenario, id, seed, version } = summary;
      return parquetTable(rows, { scenario, id, seed: String(seed), 'norm-growth': version });
    }
  }
}
