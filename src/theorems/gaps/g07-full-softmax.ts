import { dot, rowOf } from '../../maths/matrix.ts';
import { toyInteractions } from '../../trainer/data-sets/toy.ts';
import { drawNormalMatrix } from '../../trainer/draw-parameters.ts';
import { cosineLoss } from '../../trainer/losses/cosine-loss.ts';
import { infoNceOfScores } from '../../trainer/losses/info-nce.ts';
import { embeddingTower } from '../../trainer/towers/embedding.ts';
import type { Gap } from '../gap.ts';

const batchSize = 5;
const dimension = 8;

/** Gap G7: which items a step moves. */
export const fullSoftmax: Gap = {
  id: 'G7',
  article: 'An item moves at the steps whose batch holds it.',
  instead: 'Under a softmax over all items every item is a negative of every user: it moves at every step, N = T.',
  measure: ({ uniform }) => {
    const { users, items, pairs } = toyInteractions;
    const draw = uniform('toy');
    const [userTable, itemTable] = [users, items].map(({ length }) =>
      embeddingTower(drawNormalMatrix(length, dimension, draw)),
    );
    const batch = pairs.slice(0, batchSize);
    const all = items.map((_, item) => item);
    const batchUsers = userTable.outputs(batch.map(([user]) => user));
    const inBatch = cosineLoss('in batch', infoNceOfScores(1));
    const overAll = cosineLoss(
      'over all items',
      infoNceOfScores(1, (row) => batch[row][1]),
    );
    const moving = [
      {
        what: 'in-batch negatives',
        gradient: inBatch.gradient(batchUsers, itemTable.outputs(batch.map(([, item]) => item))),
      },
      { what: 'softmax over all items', gradient: overAll.gradient(batchUsers, itemTable.outputs(all)) },
    ];
    return moving.map(({ what, gradient }) => {
      const moved = all.filter(
        (row) => row < gradient.items.rows && dot(rowOf(gradient.items, row), rowOf(gradient.items, row)) > 0,
      );
      const text = `of ${items.length} items, those that a step on ${batchSize} pairs moves: ${what}`;
      return { what: text, value: moved.length, standardError: null, unit: 'items' };
    });
  },
};
