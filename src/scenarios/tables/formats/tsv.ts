import { columnReader, columnsOf, isHeader } from './header.ts';
import type { TableFormat } from './table-format.ts';

/**
 * Tab-separated fields without quotes, as in MovieLens' u.data: user, item, and more that is not read. A first line
 * that names its columns is a header.
 */
export const tsv: TableFormat = {
  name: 'tsv',
  open(first, options) {
    const fields = split(first);
    const isNamed = options.userColumn !== undefined || options.itemColumn !== undefined;
    const hasHeader = isNamed || isHeader(fields);
    if (!hasHeader && fields.length < 2) return { fault: 'expected a user, a tab and an item, got no tab' };
    const columns = hasHeader ? columnsOf(fields, options) : { user: 0, item: 1 };
    return 'fault' in columns ? columns : { read: columnReader(split, columns, fields.length), hasHeader };
  },
};

function split(line: string): string[] {
  return line.split('\t').map((field) => field.trim());
}
