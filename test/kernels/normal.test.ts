import { expect, it } from 'vitest';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';
import { cellOf } from './requests.ts';

it('draws normals with the right tails: 400,000 independent gains of one pair, 160 intervals, far ends among them', () => {
  const gain = { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } as const;
  const pair = pairOf({ steps: 200_000, popularity: { lower: 1, upper: 1 }, gain });
  // Beyond 3.654 the ziggurat has another method; its layers' edges lie between these.
  const edges = Array.from({ length: 159 }, (_, index) => -3.95 + 0.05 * index);
  const observed = new Array(160).fill(0);
  watchPair(cellOf('events', pair, 1), 0, ({ lowerGain, upperGain }) => {
    for (const x of [Math.log(lowerGain) + 0.5, Math.log(upperGain) + 0.5]) {
      observed[Math.min(159, Math.max(0, Math.floor((x + 4) / 0.05)))] += 1;
    }
  });
  const lawOf = (scale: number) => {
    const cdf = [0, ...edges.map((edge) => standardNormalCdf(scale * edge)), 1];
    return observed.map((_, index) => cdf[index + 1] - cdf[index]);
  };
  expect(observed.reduce((sum, count) => sum + count, 0)).toBe(400_000);
  expect(chiSquarePValue(observed, lawOf(1))).toBeGreaterThan(share);
  expect(chiSquarePValue(observed, lawOf(1.02))).toBeLessThan(share);
});

/** Right ends of the outermost layers of a ziggurat of 256, and where each is halved between one and the next; increasing. */
function outerEdges(layers: number): number[] {
  const area = 0.004928673233974648;
  const density = (x: number) => Math.exp((-x * x) / 2);
  const ends = [3.654152885361009];
  while (ends.length < layers) {
    const end = ends[ends.length - 1];
    ends.push(Math.sqrt(-2 * Math.log(area / end + density(end))));
  }
  return ends.flatMap((end, layer) => (layer === 0 ? [end] : [(ends[layer - 1] + end) / 2, end])).toReversed();
}

it('draws the right share beyond the last layer, and in both halves of what each layer has beyond the next one', () => {
  const gain = { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } as const;
  const pair = pairOf({ steps: 2 ** 21, popularity: { lower: 1, upper: 1 }, gain });
  const ends = outerEdges(8);
  const last = ends[ends.length - 1];
  const edges = [...ends, last + 0.2, last + 0.4];
  const observed = new Array(edges.length + 1).fill(0);
  const count = (gainOfRun: number) => {
    const x = Math.log(gainOfRun) + 0.5;
    let interval = 0;
    while (interval < edges.length && Math.abs(x) >= edges[interval]) interval += 1;
    observed[interval] += 1;
  };
  for (const replicate of [0, 1]) {
    watchPair(cellOf('events', pair, 2), replicate, ({ lowerGain, upperGain }) => {
      count(lowerGain);
      count(upperGain);
    });
  }
  const beyond = [0.5, ...edges.map((edge) => standardNormalCdf(-edge)), 0];
  const law = beyond.slice(1).map((probability, index) => 2 * (beyond[index] - probability));
  expect(chiSquarePValue(observed, law)).toBeGreaterThan(share);
  // A ziggurat that takes its steps for the curve: uniform between one edge and the next.
  const steps = law.map((probability, index) => {
    const isStep = index > 0 && index < ends.length;
    const partner = index % 2 === 1 ? index + 1 : index - 1;
    return isStep ? (probability + law[partner]) / 2 : probability;
  });
  expect(chiSquarePValue(observed, steps)).toBeLessThan(share);
});
