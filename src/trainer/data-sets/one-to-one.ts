import { type Interactions, numbered } from './interactions.ts';

/** User i meets item i, once: pairs that do not touch each other but through negatives. */
export function oneToOneInteractions(count: number): Interactions {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return {
    users: numbered('u', count),
    items: numbered('i', count),
    pairs: numbers.map((number) => [number, number]),
  };
}
