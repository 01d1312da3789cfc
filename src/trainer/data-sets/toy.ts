import type { Interactions } from './interactions.ts';

/** What each user of the article's toy data bought. */
const purchases: Readonly<Record<string, readonly string[]>> = {
  '1u': ['1i1', '1i2', '1i3'],
  '2u': ['2i1', '2i2', '2i3'],
  '3u': ['3i1', '3i2', '3i3'],
  '4u': ['4i1', '4i2', '4i3'],
  '5u': ['5i1', '5i2', '5i3'],
  '6u': ['6i1', '6i2', '6i3'],
  '7u': ['5i1', '5i2', '5i3', '5i4', '6i1', '6i2', '6i3'],
};

/** The article's toy data: seven users, nineteen items, twenty-five pairs in a fixed order. */
export const toyInteractions: Interactions = (() => {
  const users = Object.keys(purchases);
  const items = [...new Set(Object.values(purchases).flat())].sort();
  const pairs = users.flatMap((user, number) => {
    return purchases[user].map((item): [number, number] => [number, items.indexOf(item)]);
  });
  return { users, items, pairs };
})();
