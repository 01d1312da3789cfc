import type { FinalNorms } from './final-norms.ts';

/** The final norms of a tenth of the items, by popularity. */
export interface Decile {
  /** 1 for the rarest tenth. */
  readonly decile: number;
  /** Interactions of an item in an epoch, on average. */
  readonly popularity: number;
  /** 5 %, 50 % and 95 % quantiles of ‖q‖. */
  readonly norms: readonly [number, number, number];
}

/** Quantiles of the final norms by popularity; an item of a group that lies across two tenths counts for both in part. */
export function normDeciles(law: FinalNorms): Decile[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const parts = partsOf(law, (tenth * law.items) / 10, ((tenth + 1) * law.items) / 10);
    const held = parts.reduce((sum, { items }) => sum + items, 0);
    const popularity = parts.reduce((sum, { items, group }) => sum + items * law.groups[group].popularity, 0) / held;
    const values = parts.flatMap(({ items, group }) =>
      Array.from(law.norms[group], (norm, node) => ({ norm, mass: (items / held) * law.weights[node] })),
    );
    values.sort((a, b) => a.norm - b.norm);
    return {
      decile: tenth + 1,
      popularity,
      norms: [quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)],
    };
  });
}

/** The groups between two ranks of popularity, and how many of their items are there. */
function partsOf({ groups }: FinalNorms, from: number, to: number) {
  let below = 0;
  return groups.flatMap(({ items }, group) => {
    const inside = Math.min(to, below + items) - Math.max(from, below);
    below += items;
    return inside > 0 ? [{ group, items: inside }] : [];
  });
}

/** Linear between the middles of the masses. */
function quantile(values: readonly { readonly norm: number; readonly mass: number }[], share: number): number {
  let below = 0;
  let before = { at: 0, norm: values[0].norm };
  for (const { norm, mass } of values) {
    const at = below + mass / 2;
    if (at >= share) {
      const part = at === before.at ? 1 : (share - before.at) / (at - before.at);
      return before.norm + part * (norm - before.norm);
    }
    below += mass;
    before = { at, norm };
  }
  return before.norm;
}
