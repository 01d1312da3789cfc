import type { Names, StepRecord } from '../../../src/report/figures/moved-rows.ts';
import { toyInteractions } from '../../../src/trainer/data-sets/toy.ts';
import { train } from '../../../src/trainer/train.ts';
import type { TrainingSummary } from '../../../src/trainer/training-summary.ts';
import { streamsOf, trainingOf } from '../../trainer/training.ts';

/** Three epochs of experiment 1. */
export const toyTraining: TrainingSummary = train(trainingOf({ epochs: 3 }), toyInteractions, streamsOf(0));

export const toyNames: Names = { ...toyInteractions, popularity: toyTraining.items.popularity };

export const foreignId = '\u001b[31m\u0000\u2028</script><script>alert("1")</script><!--&';

/** A step in which user 2 stands still, and its ids. */
export function stepWithStill(ids: readonly string[] = ['u1', 'u2']): { record: StepRecord; names: Names } {
  const [{ picture: _picture, ...record }] = toyTraining.records;
  const user = { from: [1, 0, 0, 2], to: [1, 0.5, 0, 2] };
  const item = { from: [0, -3], to: [0.001, -3] };
  return {
    record: { ...record, picture: { user, item } },
    names: { users: ids, items: ['i1'], popularity: [1234] },
  };
}
