import { suggestion } from '../../nearest-name.ts';
import { shownValue } from '../../shown-value.ts';
import { visibleText } from '../../visible-text.ts';
import type { Fault, ReadRow, TableOptions } from './table-format.ts';

const userNames = ['user', 'customer', 'client', 'visitor', 'buyer', 'member', 'account', 'person', 'session'];
const itemNames = ['item', 'movie', 'product', 'article', 'song', 'track', 'artist', 'book', 'game', 'sku'];

/** A header may have a hundred thousand columns. */
const mostShown = 20;

/** Which columns hold the users and the items. */
export interface Columns {
  readonly user: number;
  readonly item: number;
}

/**
 * Finds the columns by the names that the scenario gives, or by common ones: `user`, `user_id`, `userId`,
 * `customerid`, … and `item`, `movieId`, `product_id`, ….
 */
export function columnsOf(header: readonly string[], { userColumn, itemColumn }: TableOptions): Columns | Fault {
  const user = columnOf(header, userColumn, userNames, 'userColumn');
  const item = columnOf(header, itemColumn, itemNames, 'itemColumn');
  if (typeof user !== 'number') return user;
  if (typeof item !== 'number') return item;
  return user === item ? { fault: `expected two columns, got ${visibleText(header[user])} for both` } : { user, item };
}

/** Whether both columns have common names: then the line is a header. */
export function isHeader(fields: readonly string[]): boolean {
  return [userNames, itemNames].every((names) => fields.some((field) => isNamed(field, names)));
}

/** Reads rows that have as many fields as the first line, split by `split`. */
export function columnReader(
  split: (text: string) => readonly string[] | Fault,
  { user, item }: Columns,
  width: number,
): ReadRow {
  return (text) => {
    const fields = split(text);
    if ('fault' in fields) return fields;
    if (fields.length !== width)
      return { fault: `expected ${width} fields as in the first line, got ${fields.length}` };
    if (fields[user] === '') return { fault: 'expected a user, got nothing' };
    if (fields[item] === '') return { fault: 'expected an item, got nothing' };
    return { user: fields[user], items: [fields[item]] };
  };
}

function columnOf(
  header: readonly string[],
  asked: string | undefined,
  common: readonly string[],
  option: string,
): number | Fault {
  if (asked !== undefined) {
    const column = header.indexOf(asked.trim());
    if (column !== -1) return column;
    const got = `got the header ${shownNames(header)}${suggestion(asked, header)}`;
    return { fault: `expected a column ${shownValue(asked)}, ${got}` };
  }
  const found = header.flatMap((name, column) => (isNamed(name, common) ? [column] : []));
  if (found.length === 1) return found[0];
  const whose = option === 'userColumn' ? 'users' : 'items';
  const usual = found.map((column) => header[column]);
  const got = usual.length === 0 ? 'no usual name' : shownNames(usual, ' and ');
  const fault = `expected one column of ${whose}, got ${got} in the header ${shownNames(header)}; name it with ${option}`;
  return { fault };
}

/** The first of perhaps very many names. */
function shownNames(names: readonly string[], between = ', '): string {
  const shown = names.slice(0, mostShown).map((name) => visibleText(name));
  const more = names.length - shown.length;
  return `${shown.join(between)}${more > 0 ? ` and ${more} more` : ''}`;
}

function isNamed(field: string, names: readonly string[]): boolean {
  const plain = field.toLowerCase().replace(/[^a-z]/g, '');
  return names.some((name) => plain === name || plain === `${name}id`);
}
