import { drawStandardNormal } from '../../coupling/start.ts';
import { dot } from '../../maths/matrix.ts';
import { type Interactions, numbered } from './interactions.ts';

/** How interactions are generated. */
export interface GeneratedData {
  readonly users: number;
  readonly items: number;
  /** Distinct pairs; at most users · items. */
  readonly interactions: number;
  /** Popularity of the item of rank r is in proportion to r^−exponent. */
  readonly zipfExponent: number;
  /** Dimension of the users' and items' taste vectors; 0 for none. */
  readonly factors: number;
}

/**
 * Interactions with Zipf popularity and latent-factor tastes: each user draws items without replacement, an item's weight
 * being its Zipf popularity times exp(affinity), with affinities of variance 1. Users have equally many interactions, up
 * to one.
 */
export function generateInteractions(data: GeneratedData, uniform: () => number): Interactions {
  const { users, items, interactions, zipfExponent, factors } = data;
  const tastes = [users, items].map((count) => drawVectors(count, factors, uniform));
  const popularity = Array.from({ length: items }, (_, rank) => (rank + 1) ** -zipfExponent);
  const pairs: [number, number][] = [];
  for (let user = 0; user < users; user++) {
    const share = Math.floor(((user + 1) * interactions) / users) - pairs.length;
    const weights = popularity.map((weight, item) => weight * Math.exp(affinity(tastes[0][user], tastes[1][item])));
    for (const item of drawWithoutReplacement(weights, share, uniform)) pairs.push([user, item]);
  }
  return { users: numbered('u', users), items: numbered('i', items), pairs };
}

function drawVectors(count: number, dimension: number, uniform: () => number): number[][] {
  return Array.from({ length: count }, () => Array.from({ length: dimension }, () => drawStandardNormal(uniform)));
}

/** Of variance 1 for two vectors of independent N(0, 1) entries. */
function affinity(a: readonly number[], b: readonly number[]): number {
  return a.length === 0 ? 0 : dot(a, b) / Math.sqrt(a.length);
}

/** Draws by exponential races: the items with the smallest −ln(U)/weight; one uniform an item. */
function drawWithoutReplacement(weights: readonly number[], count: number, uniform: () => number): number[] {
  const times = weights.map((weight, item) => ({ item, time: -Math.log1p(-uniform()) / weight }));
  times.sort((a, b) => a.time - b.time);
  return times.slice(0, count).map(({ item }) => item);
}
