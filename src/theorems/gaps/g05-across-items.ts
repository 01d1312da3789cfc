import { sampleCorrelation } from 'simple-statistics';
import { drawInitialSquaredNorm } from '../../coupling/start.ts';
import { grow } from '../../process/grow.ts';
import { presenceProbability } from '../../process/presence.ts';
import { drawBinomial } from '../../random/binomial.ts';
import type { Gap } from '../gap.ts';

const [items, dimension, batchSize, steps] = [1000, 32, 64, 1000];

/** Gap G5: an order between two trainings of one item, and a correlation across the items of one training. */
export const acrossItems: Gap = {
  id: 'G5',
  article: 'From the order within an item it goes on to popularity bias across items.',
  instead:
    'Every item keeps its order at any gain, yet the correlation across items shows only where growth outweighs the spread of the initial norms.',
  measure: ({ uniform }) =>
    [0.001, 0.1, 10].map((gain) => {
      const draw = uniform('items');
      const popularities = zipf(items);
      const norms = popularities.map((popularity) => {
        const appearances = drawBinomial(steps, presenceProbability(popularity, batchSize), draw);
        return Math.sqrt(
          grown(
            drawInitialSquaredNorm({ dimension, standardDeviation: 1 }, () => draw),
            gain,
            appearances,
          ),
        );
      });
      const value = sampleCorrelation(popularities, norms);
      // The large-sample standard error of a correlation of normal draws.
      const standardError = (1 - value * value) / Math.sqrt(items - 1);
      const what = `Pearson of popularity and norm over ${items} items from N(0, 1) entries, d = ${dimension}, c = ${gain}`;
      return { what, value, standardError, unit: '' };
    }),
};

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
