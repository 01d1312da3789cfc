import { compensatedSum } from '../../maths/compensated-sum.ts';
import type { Run } from '../../process/gains/gain-model.ts';
import { gainModel } from '../../process/gains/index.ts';
import { grow } from '../../process/grow.ts';
import type { PairParameters } from '../../process/pair-parameters.ts';

/**
 * What rounding can do to a mean norm, as a share of it: 64 units of 2^-53, for at most 6 steps of one slot with given
 * gains, and for at most 2 steps of up to 4 slots with the in-batch softmax's.
 *
 * All terms are positive, so relative errors add; here they are in units of 2^-53. A step adds at most 2 to the error of
 * s (a quotient and a sum; Φ_c itself does not magnify it, as |sΦ′/Φ| ≤ 1), and 9 more where the gain is rounded too,
 * as the softmax's is. The root halves that and adds 1. A step multiplies the probability of a path, 3 for each slot and
 * 1 for the product. The product of the two and the compensated sum add at most 4. Together 6 + 1 + 6·4 + 4 = 35 for
 * given gains, and 11 + 1 + 2·13 + 4 = 42 for the softmax.
 */
export const meanNormRounding = 2 ** -47;

/**
 * E‖q‖ after each step, from every sequence of copies of the item in the batches: the definition, no paths merged.
 * (B + 1)^T paths.
 *
 * @param pair from a number, with gains that depend on the step and the copies alone; no weight decay, no momentum
 */
export function meanNorms(pair: PairParameters, run: Run): number[] {
  const chances = copiesLaw(pair.popularity[run], pair.batchSize);
  const gains = gainModel(pair, run).open();
  let paths: Path[] = [{ probability: 1, squaredNorm: pair.initialSquaredNorm as number }];
  return Array.from({ length: pair.steps }, (_, index) => {
    paths = paths.flatMap(({ probability, squaredNorm }) =>
      chances.map((chance, copies) => ({
        probability: probability * chance,
        squaredNorm: copies === 0 ? squaredNorm : grow(squaredNorm, gains.gain(index + 1, copies, noDraw)),
      })),
    );
    return compensatedSum(paths.length, (path) => paths[path].probability * Math.sqrt(paths[path].squaredNorm));
  });
}

interface Path {
  readonly probability: number;
  readonly squaredNorm: number;
}

/** P(K = 0) … P(K = B) for K ~ Bin(B, p), slot after slot. */
function copiesLaw(popularity: number, batchSize: number): number[] {
  let law = [1];
  for (let slot = 1; slot <= batchSize; slot++) {
    law = Array.from({ length: slot + 1 }, (_, copies) => {
      return (law[copies] ?? 0) * (1 - popularity) + (law[copies - 1] ?? 0) * popularity;
    });
  }
  return law;
}

function noDraw(): number {
  throw new TypeError('meanNorms: the gain asked for a draw');
}
