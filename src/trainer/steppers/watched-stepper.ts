import type { Stepper } from './stepper.ts';

/** One appearance of an item: a batch that held it, and what the step did to its squared norm. */
export interface Appearance {
  readonly step: number;
  /** Row of the item. */
  readonly item: number;
  /** K ≥ 1, slots of the batch that held the item. */
  readonly multiplicity: number;
  /** B, slots of the batch. */
  readonly batchSize: number;
  /** s = ‖q‖² before and after the step. */
  readonly before: number;
  readonly after: number;
}

/** A stepper that tells of every appearance of an item, step by step; of a step that did not move anything it does not. */
export function watched(stepper: Stepper, tell: (appearance: Appearance) => void): Stepper {
  return {
    ...stepper,
    step(step, batch) {
      const copies = multiplicities(batch.items);
      const before = Array.from(copies.keys(), (item) => stepper.itemSquaredNorm(item));
      const loss = stepper.step(step, batch);
      if (!Number.isFinite(loss)) return loss;
      let index = 0;
      for (const [item, multiplicity] of copies) {
        const after = stepper.itemSquaredNorm(item);
        tell({ step, item, multiplicity, batchSize: batch.items.length, before: before[index], after });
        index += 1;
      }
      return loss;
    },
  };
}

function multiplicities(items: readonly number[]): Map<number, number> {
  const copies = new Map<number, number>();
  for (const item of items) copies.set(item, (copies.get(item) ?? 0) + 1);
  return copies;
}
