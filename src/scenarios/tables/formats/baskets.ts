import { shownValue } from '../../shown-value.ts';
import { fieldsOfLine } from './fields-of-line.ts';
import type { TableFormat } from './table-format.ts';

/**
 * One basket a line: its items, separated by commas. The line number is the user. A basket is a set: an item that
 * stands in it twice makes the row a bad one, because nothing tells a quantity from a slip.
 */
export const baskets: TableFormat = {
  name: 'baskets',
  open: () => ({
    hasHeader: false,
    read: (text, lineNumber) => {
      const items = fieldsOfLine(text);
      if ('fault' in items) return items;
      if (items.includes('')) return { fault: 'expected items between the commas, got nothing' };
      const seen = new Set<string>();
      const repeated = items.find((item) => seen.size === seen.add(item).size);
      if (repeated !== undefined)
        return { fault: `expected an item once in a basket, got ${shownValue(repeated)} again` };
      return { user: String(lineNumber), items };
    },
  }),
};
