/** Pairs of a user and an item, by number, and their names. */
export interface Interactions {
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** In the order of the data; a pair may come several times. */
  readonly pairs: readonly (readonly [user: number, item: number])[];
}

/** How many interactions each item has. */
export function popularities({ items, pairs }: Interactions): number[] {
  const counts = items.map(() => 0);
  for (const [, item] of pairs) counts[item] += 1;
  return counts;
}

/** The items of each user, in the order of the data. */
export function histories({ users, pairs }: Interactions): number[][] {
  const items = users.map((): number[] => []);
  for (const [user, item] of pairs) items[user].push(item);
  return items;
}

/** The names of rows that have none of their own: u1, u2, … */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
