import { binEdge, binsOf, type FloatHistogram } from './float-histogram.ts';

/**
 * sup |F̂ − F| over the edges of the bins of a sample, at most the distance over all x: what the inequality of Dvoretzky,
 * Kiefer and Wolfowitz bounds.
 *
 * @param below x ↦ P(X < x) under the law
 */
export function distanceFromLaw(histogram: FloatHistogram, below: (x: number) => number): number {
  let distance = 0;
  let reached = 0;
  for (const [bin, count] of cumulativeShares(histogram)) {
    // Between two bins that hold something the sample's function is flat: it may stray at either end.
    const left = binEdge(bin, histogram.bits);
    distance = Math.max(distance, Math.abs(reached - below(left)));
    reached = count;
    distance = Math.max(distance, Math.abs(reached - below(binEdge(bin + 1, histogram.bits))));
  }
  return distance;
}

/** sup (F̂_a − F̂_b) over the edges of the bins of two samples: 0 where b's function is never below a's. */
export function largestExcess(a: FloatHistogram, b: FloatHistogram): number {
  const ofB = [...cumulativeShares(b)];
  let index = 0;
  let excess = 0;
  for (const [bin, share] of cumulativeShares(a)) {
    while (index < ofB.length && ofB[index][0] <= bin) index += 1;
    excess = Math.max(excess, share - (index === 0 ? 0 : ofB[index - 1][1]));
  }
  return excess;
}

/** The bins that hold something, each with the share of the sample in it and in the bins before it. */
function* cumulativeShares(histogram: FloatHistogram): Generator<[bin: number, share: number]> {
  const bins = [...binsOf(histogram)];
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bin, count] of bins) {
    below += count;
    yield [bin, below / total];
  }
}
