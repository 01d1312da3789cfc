import type { DataSource } from '../specification.ts';
import { type Interactions, numbered } from './interactions.ts';
import { toyInteractions } from './toy.ts';

/**
 * What users and items are called in data that are not read from a table; no names where they were, or where nothing is
 * known of the source. The data themselves are not drawn.
 *
 * @param users how many there are; of no matter for the toy data
 */
export function rowNames(
  from: DataSource['from'],
  users: number,
  items: number,
): Pick<Interactions, 'users' | 'items'> {
  switch (from) {
    case 'toy':
      return { users: toyInteractions.users, items: toyInteractions.items };
    case 'generator':
    case 'one-to-one':
      return { users: numbered('u', users), items: numbered('i', items) };
    default:
      return { users: [], items: [] };
  }
}
