import type { Interactions } from '../data-sets/interactions.ts';
import type { Batch } from '../sgd-step.ts';

/** How the batches of an epoch are made. */
export type SamplerName = 'full' | 'epoch-shuffle' | 'slots';

/** The batches of one epoch, drawn anew each time. */
export type DrawEpoch = (uniform: () => number) => Batch[];

/**
 * The batches of an epoch:
 * full — one batch of all pairs in the data's order, no draws;
 * epoch-shuffle — the pairs in a random order, cut into batches, the last one smaller if they do not divide;
 * slots — as many batches, each slot a pair drawn with replacement: the coupling's sampler.
 *
 * @param size slots in a batch; of no matter for `full`
 */
export function openSampler(name: SamplerName, { pairs }: Interactions, size: number): DrawEpoch {
  const batchOf = (numbers: readonly number[]): Batch => ({
    users: numbers.map((number) => pairs[number][0]),
    items: numbers.map((number) => pairs[number][1]),
  });
  const all = pairs.map((_, number) => number);
  const cut = (numbers: readonly number[]) =>
    Array.from({ length: Math.ceil(numbers.length / size) }, (_, batch) => {
      return batchOf(numbers.slice(batch * size, (batch + 1) * size));
    });
  if (name === 'full') return () => [batchOf(all)];
  if (name === 'slots') return (uniform) => cut(all.map(() => Math.floor(uniform() * pairs.length)));
  return (uniform) => cut(shuffled(all, uniform));
}

/** Fisher and Yates. */
function shuffled(numbers: readonly number[], uniform: () => number): number[] {
  const order = [...numbers];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
