import type { Interactions } from '../../trainer/data-sets/interactions.ts';

/** Popularity in proportion to rank^−exponent, the most popular first. */
export function zipfPopularity(exponent: number, items: number, interactions: number): number[] {
  const weights = Array.from({ length: items }, (_, rank) => (rank + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (interactions * weight) / total);
}

/** Interactions of a user, on average, where nothing is known of the users. */
const perUser = 30;

/** Interactions with a given popularity, rounded to whole numbers, each with a user drawn evenly. */
export function interactionsOf(popularity: readonly number[], uniform: () => number): Interactions {
  const counts = popularity.map((count) => Math.max(1, Math.round(count)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const users = Math.max(2, Math.ceil(total / perUser));
  const pairs = counts.flatMap((count, item) =>
    Array.from({ length: count }, () => [Math.floor(uniform() * users), item] as const),
  );
  const numbered = (prefix: string, length: number) => Array.from({ length }, (_, index) => `${prefix}${index + 1}`);
  return { users: numbered('u', users), items: numbered('i', counts.length), pairs };
}
