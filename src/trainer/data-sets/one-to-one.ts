import type { Interactions } from './interactions.ts';

/** User i meets item i, once: pairs that do not touch each other but through negatives. */
export function oneToOneInteractions(count: number): Interactions {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return {
    users: numbers.map((number) => `u${number + 1}`),
    items: numbers.map((number) => `i${number + 1}`),
    pairs: numbers.map((number) => [number, number]),
  };
}
