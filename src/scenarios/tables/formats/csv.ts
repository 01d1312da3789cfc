import { fieldsOfLine } from './fields-of-line.ts';
import { columnReader, columnsOf } from './header.ts';
import type { TableFormat } from './table-format.ts';

/** Comma-separated fields under a header that names the columns of users and items. */
export const csv: TableFormat = {
  name: 'csv',
  open(first, options) {
    const header = fieldsOfLine(first);
    if ('fault' in header) return header;
    const columns = columnsOf(header, options);
    if ('fault' in columns) return columns;
    return { read: columnReader(fieldsOfLine, columns, header.length), hasHeader: true };
  },
};
