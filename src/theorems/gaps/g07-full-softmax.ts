import { type Matrix, rowOf } from '../../maths/matrix.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { cosineLoss } from '../../trainer/losses/cosine-loss.ts';
import { infoNceOfScores } from '../../trainer/losses/info-nce.ts';
import type { Loss } from '../../trainer/losses/loss.ts';
import { descend } from '../../trainer/parameter.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import { drawInteger } from '../draw-between.ts';
import type { Gap, GapMeasurement } from '../gap.ts';

const [steps, batchSize, dimension, learningRate] = [200, 5, 8, 5];

/** Which items a step shows to the loss, and which of them belongs to each pair's user. */
interface Negatives {
  readonly name: string;
  readonly of: (items: readonly number[], all: readonly number[]) => { shown: readonly number[]; loss: Loss };
}

const negatives: readonly Negatives[] = [
  { name: 'in-batch negatives', of: (items) => ({ shown: items, loss: cosineLoss('in batch', infoNceOfScores(1)) }) },
  {
    name: 'softmax over all items',
    of: (items, all) => ({
      shown: all,
      loss: cosineLoss(
        'over all',
        infoNceOfScores(1, (row) => items[row]),
      ),
    }),
  },
];

/** Gap G7: which items a step moves. */
export const fullSoftmax: Gap = {
  id: 'G7',
  article: 'An item moves at the steps whose batch holds it.',
  instead: 'Under a softmax over all items every item is a negative of every user: it moves at every step, N = T.',
  measure: ({ uniform }) =>
    negatives.map((choice): GapMeasurement => {
      const what = `items that a step on ${batchSize} pairs of the toy data moves, over ${steps} steps: ${choice.name}`;
      const share = movedShare(choice, uniform('training'));
      // Of one training, counted: a share of these steps, not an estimate.
      return { what, value: 100 * share, standardError: null, unit: '%' };
    }),
};

/** The share of (step, item) in which the step moves the item, in a training on batches drawn with replacement. */
function movedShare({ of }: Negatives, uniform: () => number): number {
  const { users, items, pairs } = toyInteractions;
  const [userTable, itemTable] = [users, items].map(({ length }) => drawNormalMatrix(length, dimension, uniform));
  const [user, item] = [embeddingTower(userTable), embeddingTower(itemTable)];
  const all = items.map((_, number) => number);
  let moved = 0;
  for (let step = 0; step < steps; step++) {
    const batch = Array.from({ length: batchSize }, () => pairs[drawInteger(0, pairs.length - 1, uniform)]);
    const bought = batch.map(([, number]) => number);
    const { shown, loss } = of(bought, all);
    const seen = batch.map(([number]) => number);
    const gradient = loss.gradient(user.outputs(seen), item.outputs(shown));
    const before = { ...itemTable, values: itemTable.values.slice() };
    descend(user.parameters, user.gradients(seen, gradient.users), learningRate);
    descend(item.parameters, item.gradients(shown, gradient.items), learningRate);
    moved += all.filter((row) => isMoved(before, itemTable, row)).length;
  }
  return moved / steps / items.length;
}

function isMoved(before: Matrix, after: Matrix, row: number): boolean {
  const from = rowOf(before, row);
  return rowOf(after, row).some((value, index) => value !== from[index]);
}
