import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Row, Value } from './rows.ts';

/**
 * A Parquet file with one column a name: DOUBLE, BOOLEAN or STRING by what the column holds, null where a row has none.
 *
 * @param metadata key–value metadata of the file
 */
export function parquetTable(rows: readonly Row[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const columnData = Object.keys(rows[0] ?? {}).map((name) => {
    const data = rows.map((row) => row[name]);
    return { name, data, type: columnType(data), nullable: true };
  });
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }));
}

function columnType(data: readonly Value[]): 'DOUBLE' | 'BOOLEAN' | 'STRING' {
  const kinds = new Set(data.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size > 1) throw new TypeError(`parquetTable: a column holds ${[...kinds].join(' and ')}`);
  if (kinds.has('string')) return 'STRING';
  return kinds.has('boolean') ? 'BOOLEAN' : 'DOUBLE';
}
