import { mean, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { drawInitialSquaredNorm } from '../../coupling/start.ts';
import { grow } from '../../process/grow.ts';
import { presenceProbability } from '../../process/presence.ts';
import { drawBinomial } from '../../random/binomial.ts';
import type { Gap } from '../gap.ts';

const [items, dimension, batchSize, steps] = [1000, 32, 64, 1000];
const trainings = 16;

/** Gap G5: an order between two trainings of one item, and a correlation across the items of one training. */
export const acrossItems: Gap = {
  id: 'G5',
  article: 'From the order within an item it goes on to popularity bias across items.',
  instead:
    'Every item keeps its order at any gain, yet the correlation across items shows only where growth outweighs the spread of the initial norms.',
  measure: ({ uniform }) => {
    const draw = uniform('items');
    return [0.001, 0.1, 10].map((gain) => {
      const correlations = Array.from({ length: trainings }, () => drawCorrelation(gain, draw));
      // From the spread between trainings: popularities have a long tail, for which the formula of normal draws is wrong.
      const standardError = sampleStandardDeviation(correlations) / Math.sqrt(trainings);
      const what = `mean Pearson of popularity and norm over ${items} items from N(0, 1) entries, d = ${dimension}, c = ${gain}`;
      return { what, value: mean(correlations), standardError, unit: '' };
    });
  },
};

/** Pearson's correlation of popularity and final norm over the items of one training. */
function drawCorrelation(gain: number, draw: () => number): number {
  const popularities = zipf(items);
  const norms = popularities.map((popularity) => {
    const start = drawInitialSquaredNorm({ dimension, standardDeviation: 1 }, () => draw);
    const appearances = drawBinomial(steps, presenceProbability(popularity, batchSize), draw);
    return Math.sqrt(grown(start, gain, appearances));
  });
  return sampleCorrelation(popularities, norms);
}

/** Popularities in proportion to 1, ½, ⅓, … */
function zipf(count: number): number[] {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function grown(start: number, gain: number, appearances: number): number {
  let squaredNorm = start;
  for (let appearance = 0; appearance < appearances; appearance++) squaredNorm = grow(squaredNorm, gain);
  return squaredNorm;
}
