import { articlePair } from '../../../process/article-pair.ts';
import type { PairParameters } from '../../../process/pair-parameters.ts';

/** What the pairs with one slot and gains given step by step differ in. */
interface GivenGains {
  readonly gains: readonly number[];
  readonly initialSquaredNorm: number;
  readonly popularity: PairParameters['popularity'];
}

/** The pair whose runs share these gains, one a step, in batches of one slot. */
export function pairWithGains({ gains, initialSquaredNorm, popularity }: GivenGains): PairParameters {
  const gain = { model: 'trace', sharing: 'shared', values: gains } as const;
  return articlePair({ popularity, batchSize: 1, steps: gains.length, initialSquaredNorm, gain });
}
