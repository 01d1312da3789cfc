import type { FinalNorms } from './final-norms.ts';

/** Who gets the top places of a ranker, for a query in a random direction. */
export interface RankerShares {
  readonly topK: number;
  /** Expected share of the top k places that the most popular tenth of the items takes, by dot product. */
  readonly dotProduct: number;
  /** By cosine: the share of that tenth among the items. */
  readonly cosine: number;
}

/** Grid of P(cos > t): linear between its points. */
const gridPoints = 4096;

/**
 * A dot-product ranker orders by ‖q‖cos. The score that k items are expected to exceed is the threshold; directions are
 * independent of norms, as they are before an embedding has learnt its tastes.
 *
 * @param topK k, less than half of the items
 */
export function rankerShares(norms: FinalNorms, dimension: number, topK: number): RankerShares {
  const exceeds = cosineTail(dimension);
  const expectedAbove = (score: number, from: number) => {
    let sum = 0;
    for (let group = from; group < norms.groups.length; group++) {
      let share = 0;
      const lengths = norms.norms[group];
      for (let node = 0; node < lengths.length; node++) share += norms.weights[node] * exceeds(score / lengths[node]);
      sum += norms.groups[group].items * share;
    }
    return sum;
  };
  const popular = mostPopularTenth(norms);
  let [low, high] = [0, norms.norms.reduce((most, row) => Math.max(most, row[row.length - 1]), 0)];
  // Decay without gains takes every norm to 0: no score is above another.
  if (high === 0) return { topK, dotProduct: popular.share, cosine: popular.share };
  for (let halving = 0; halving < 30; halving++) {
    const middle = (low + high) / 2;
    if (expectedAbove(middle, 0) > topK) low = middle;
    else high = middle;
  }
  return { topK, dotProduct: expectedAbove(high, popular.from) / expectedAbove(high, 0), cosine: popular.share };
}

/** Whole groups from the most popular down, until they hold a tenth of the items. */
function mostPopularTenth({ groups, items }: FinalNorms): { readonly from: number; readonly share: number } {
  let from = groups.length;
  let held = 0;
  while (held < items / 10) {
    from -= 1;
    held += groups[from].items;
  }
  return { from, share: held / items };
}

/** t ↦ P(cos > t), t ≥ 0, of a uniform direction in d ≥ 2 dimensions: its angle has the density ∝ sin^{d−2}. */
function cosineTail(dimension: number): (t: number) => number {
  // By Simpson's rule between grid points equally spaced in cos.
  const tail = new Float64Array(gridPoints + 1);
  const density = (angle: number) => Math.sin(angle) ** (dimension - 2);
  for (let index = gridPoints - 1; index >= 0; index--) {
    const [from, to] = [Math.acos((index + 1) / gridPoints), Math.acos(index / gridPoints)];
    const simpson = density(from) + 4 * density((from + to) / 2) + density(to);
    tail[index] = tail[index + 1] + (simpson * (to - from)) / 6;
  }
  const whole = 2 * tail[0];
  return (t) => {
    if (t >= 1) return 0;
    const at = t * gridPoints;
    const index = Math.floor(at);
    return (tail[index] + (at - index) * (tail[index + 1] - tail[index])) / whole;
  };
}
