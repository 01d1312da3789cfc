import { articlePair } from '../../src/process/article-pair.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';

/** A short pair under the article's conditions, and what a test changes of it. */
export function pairOf(changes: Partial<PairParameters> = {}): PairParameters {
  const momentum = { beta: 0, dimension: 8 };
  return articlePair({ popularity: { lower: 0.05, upper: 0.1 }, batchSize: 4, steps: 6, momentum, ...changes });
}
