import { baskets } from './baskets.ts';
import { csv } from './csv.ts';
import { fieldsOfLine } from './fields-of-line.ts';
import { isHeader } from './header.ts';
import type { TableFormat, TableOptions } from './table-format.ts';
import { tsv } from './tsv.ts';

/** To add a layout: a file in this folder, a line here, a name below, and its place in `detectFormat`. */
const tableFormats: readonly TableFormat[] = [csv, tsv, baskets];

export const tableFormatNames = ['csv', 'tsv', 'baskets'] as const;
export type TableFormatName = (typeof tableFormatNames)[number];

export function tableFormat(name: TableFormatName): TableFormat {
  return tableFormats.find((format) => format.name === name)!;
}

/**
 * The layout of a table, from its first lines (up to 100, blank ones left out): a tab in the first one means tsv; a
 * header with usual or given column names, or lines that all have equally many fields, csv; anything else, baskets.
 */
export function detectFormat(lines: readonly string[], { userColumn, itemColumn }: TableOptions): TableFormatName {
  const [first] = lines;
  if (first.includes('\t')) return 'tsv';
  const fields = fieldsOfLine(first);
  const isNamed = userColumn !== undefined || itemColumn !== undefined;
  if (isNamed || 'fault' in fields || isHeader(fields)) return 'csv';
  return lines.every((line) => widthOf(line) === fields.length) ? 'csv' : 'baskets';
}

function widthOf(line: string): number {
  const fields = fieldsOfLine(line);
  return 'fault' in fields ? 0 : fields.length;
}
