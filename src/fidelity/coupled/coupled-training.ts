import { drawCoupledItems } from '../../coupling/coupled-slot.ts';
import { categorical } from '../../random/categorical.ts';
import type { StreamSource } from '../../random/streams.ts';
import { type Interactions, popularities } from '../../trainer/data-sets/interactions.ts';
import type { Batch } from '../../trainer/sgd-step.ts';
import type { TrainingSpecification } from '../../trainer/specification.ts';

/** Two real trainings on the same draws that differ only in one item's popularity. */
export interface CoupledTraining {
  /** Both runs', but for the batches: data, towers, loss, optimisers, start. The sampler is `slots`. */
  readonly training: TrainingSpecification;
  /** Row of the item. */
  readonly item: number;
  /** Of the item, in the two runs; the other items share the rest as their interactions do. */
  readonly popularity: { readonly lower: number; readonly upper: number };
  readonly steps: number;
  /** Steps after which norms are kept, increasing; the last is the end. */
  readonly recordedSteps: readonly number[];
}

/** The two batches of a step. */
export interface CoupledBatches {
  readonly lower: Batch;
  readonly upper: Batch;
}

/**
 * Draws the batches of both runs, slot by slot (theory, section 3): one uniform decides whether the item is in the slot,
 * in each run; where it is not, both hold the same other item. The user of a slot is one of its item's, by one more
 * uniform that both share.
 *
 * @throws {RangeError} for an item that the data do not have, or that is the only one
 */
export function coupledBatches(
  { item, popularity, training }: CoupledTraining,
  data: Interactions,
): (open: StreamSource) => () => CoupledBatches {
  if (item >= data.items.length) throw new RangeError(`item — expected 0 to ${data.items.length - 1}, got ${item}`);
  const drawOther = categorical(popularities(data).map((count, other) => (other === item ? 0 : count)));
  const users = usersOfItems(data);
  const { size } = training.batches;
  return (open) => {
    const [presence, others, user] = [open('presence'), open('other-items'), open('batches')];
    return () => {
      const slots = Array.from({ length: size }, () => {
        const { lower, upper } = drawCoupledItems(popularity, presence, item, () => drawOther(others));
        const share = user();
        const pairOf = (held: number) => ({ item: held, user: users[held][Math.floor(share * users[held].length)] });
        return { lower: pairOf(lower), upper: pairOf(upper) };
      });
      const batchOf = (run: 'lower' | 'upper') => ({
        users: slots.map((slot) => slot[run].user),
        items: slots.map((slot) => slot[run].item),
      });
      return { lower: batchOf('lower'), upper: batchOf('upper') };
    };
  };
}

function usersOfItems({ items, pairs }: Interactions): number[][] {
  const users = items.map((): number[] => []);
  for (const [user, item] of pairs) users[item].push(user);
  return users;
}
