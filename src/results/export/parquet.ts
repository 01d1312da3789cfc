import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { batches } from './batches.ts';
import type { Table } from './table.ts';

const types = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'STRING' } as const;

const rowsAGroup = 65_536;

/**
 * A Parquet file with one column a name: DOUBLE, BOOLEAN or STRING by what the column holds, null where a row has none.
 * The file is in memory until it is whole, compressed; the rows are not.
 *
 * @param metadata key–value metadata of the file
 */
export async function parquetFile(
  { columns, rows }: Table,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const empty = columns.map(({ name, type }) => ({ name, data: [] as unknown[], type: types[type], nullable: true }));
  const writer = new ByteWriter();
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  const file = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: empty }), kvMetadata });
  for await (const group of batches(rows(), rowsAGroup)) {
    await file.write({
      columnData: columns.map(({ name }, column) => ({ name, data: group.map((row) => row[column]) })),
      rowGroupSize: group.length,
    });
  }
  await file.finish();
  return new Uint8Array(writer.getBuffer());
}
