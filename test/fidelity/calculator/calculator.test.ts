import { sampleCorrelation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { normDeciles } from '../../../src/fidelity/calculator/deciles.ts';
import {
  expectedPearson,
  expectedPearsonValue,
  expectedSpearman,
} from '../../../src/fidelity/calculator/expected-correlations.ts';
import { finalNorms, prepare } from '../../../src/fidelity/calculator/final-norms.ts';
import { batchFactor, decayLoss, growthOf } from '../../../src/fidelity/calculator/growth-law.ts';
import { initialLaw } from '../../../src/fidelity/calculator/initial-law.ts';
import { groupItems } from '../../../src/fidelity/calculator/item-groups.ts';
import { zipfPopularity } from '../../../src/fidelity/calculator/law-interactions.ts';
import type { PlannedTraining } from '../../../src/fidelity/calculator/planned-training.ts';
import { predict } from '../../../src/fidelity/calculator/prediction.ts';
import { rankerShares } from '../../../src/fidelity/calculator/ranker.ts';
import { thresholdsOf } from '../../../src/fidelity/calculator/thresholds.ts';
import { measuredRate, measuredThreshold } from '../../../src/fidelity/calculator/verification.ts';
import { standardNormalQuantile } from '../../../src/maths/normal-quantile.ts';
import { stationarySquaredNorm } from '../../../src/process/stationary.ts';
import { openGenerator } from '../../../src/random/generators/index.ts';
import { ranks } from '../../../src/statistics/correlation.ts';
import { shareZ } from '../../error-budget.ts';

const uniform = openGenerator('sfc32', 'c'.repeat(64))(0);
const normal = () => standardNormalQuantile(Math.max(uniform(), 2 ** -54));

function plannedOf(changes: Partial<PlannedTraining> = {}): PlannedTraining {
  return {
    popularity: zipfPopularity(1, 300, 20_000).map(Math.round),
    learningRate: 100,
    batchSize: 256,
    dimension: 16,
    temperature: 1,
    initial: { standardDeviation: 1 },
    epochs: 10,
    momentum: 0,
    weightDecay: { rate: 0, applies: 'dense' },
    ...changes,
  };
}

it('takes a decay that no number can tell from none for none', () => {
  const one = plannedOf({ weightDecay: { rate: Number.MIN_VALUE, applies: 'dense' } });
  expect(growthOf(one, 5, 1000)).toEqual(growthOf(plannedOf(), 5, 1000));
});

it('ranks nothing before anything where decay has taken all norms to 0', () => {
  const gone = plannedOf({
    learningRate: 1e-15,
    temperature: 1e15,
    momentum: 1 - 2 ** -53,
    popularity: [1e15, 0, 0, 0, 0],
  });
  const { dotProduct, cosine } = rankerShares(
    finalNorms({ ...gone, weightDecay: { rate: 1, applies: 'dense' } }),
    16,
    1,
  );
  expect(dotProduct).toBe(cosine);
});

/** s₀ of one item. */
function drawStart({ dimension, initial }: PlannedTraining): number {
  if ('radius' in initial) return initial.radius ** 2;
  let sum = 0;
  for (let axis = 0; axis < dimension; axis++) sum += (initial.standardDeviation * normal()) ** 2;
  return sum;
}

/** The final norms of one training, its starts drawn. */
function drawNorms(planned: PlannedTraining): number[] {
  const interactions = planned.popularity.reduce((sum, count) => sum + count, 0);
  return planned.popularity.map((popularity) => {
    const { kept, grown } = growthOf(planned, popularity, interactions);
    return (kept * drawStart(planned) ** 2 + grown) ** 0.25;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the law of the start', () => {
  it.each([2, 3, 16, 32, 512])('has the moments of σ²χ²_d in %d dimensions', (dimension) => {
    const { nodes, weights } = initialLaw({ standardDeviation: 0.1 }, dimension);
    const moment = (power: number) => nodes.reduce((sum, s, node) => sum + weights[node] * (s / 0.01) ** power, 0);
    expect(moment(0)).toBeCloseTo(1, 13);
    expect(moment(1) / dimension).toBeCloseTo(1, 7);
    expect(moment(2) / (dimension * (dimension + 2))).toBeCloseTo(1, 7);
    expect(moment(3) / (dimension * (dimension + 2) * (dimension + 4))).toBeCloseTo(1, 7);
  });

  it('is one value on a sphere', () => {
    expect([...initialLaw({ radius: 3 }, 8).nodes]).toEqual([9]);
  });
});

describe.each<[string, Partial<PlannedTraining>]>([
  ['a middling rate, many ties of popularity', {}],
  ['a small rate', { learningRate: 20 }],
  ['a high rate, no ties', { learningRate: 400, popularity: zipfPopularity(0.7, 200, 20_000) }],
  ['weight decay', { weightDecay: { rate: 1e-5, applies: 'dense' } }],
])('expected correlations at %s', (_, changes) => {
  const planned = plannedOf(changes);
  const norms = finalNorms(planned);
  const draws = Array.from({ length: 1500 }, () => {
    const drawn = drawNorms(planned);
    return {
      pearson: sampleCorrelation([...planned.popularity], drawn),
      spearman: sampleCorrelation(ranks(planned.popularity), ranks(drawn)),
    };
  });

  it.each([
    { name: 'pearson', of: expectedPearson },
    { name: 'spearman', of: expectedSpearman },
  ] as const)(
    'is the mean over starts to first order in 1/N, and its interval holds 95 in 100 of them: $name',
    ({ name, of }) => {
      const values = draws.map((draw) => draw[name]);
      const { value, low, high } = of(norms)!;
      const spread = Math.sqrt(mean(values.map((draw) => (draw - mean(values)) ** 2)));
      // The bias of a correlation is of order (1 − r²)r/2N; twice that, and the error of the mean.
      const bias = 1 / planned.popularity.length;
      expect(Math.abs(mean(values) - value)).toBeLessThan(bias + (shareZ * spread) / Math.sqrt(values.length));
      const inside = values.filter((draw) => low <= draw && draw <= high).length / values.length;
      const error = Math.sqrt((0.95 * 0.05) / values.length);
      // Fisher's transform is approximate for norms that are not normal: two points of coverage.
      expect(Math.abs(inside - 0.95)).toBeLessThan(0.02 + shareZ * error);
    },
  );
});

it('tells the mean over starts from that of a law without its factor 2', () => {
  const planned = plannedOf();
  const drawn = Array.from({ length: 1500 }, () => sampleCorrelation([...planned.popularity], drawNorms(planned)));
  const { value } = expectedPearson(finalNorms({ ...planned, learningRate: planned.learningRate / Math.SQRT2 }))!;
  const error = Math.sqrt(mean(drawn.map((pearson) => (pearson - mean(drawn)) ** 2)) / drawn.length);
  expect(Math.abs(mean(drawn) - value)).toBeGreaterThan(1 / planned.popularity.length + shareZ * error);
});

it('expects no correlation where nothing is trained, and null where nothing varies', () => {
  const still = finalNorms(plannedOf({ learningRate: 1e-6 }));
  expect(expectedPearson(still)!.value).toBeCloseTo(0, 6);
  expect(expectedSpearman(still)!.value).toBeCloseTo(0, 6);
  expect(expectedPearsonValue(still)).toBeCloseTo(expectedPearson(still)!.value, 12);
  const even = finalNorms(plannedOf({ popularity: [5, 5, 5, 5] }));
  expect([expectedPearson(even), expectedSpearman(even), expectedPearsonValue(even)]).toEqual([null, null, null]);
});

describe('growth', () => {
  const interactions = 20_000;

  it('is 2c₁n(1 − p) without decay: half of it, or without 1 − p, is another number', () => {
    const planned = plannedOf();
    const { kept, grown } = growthOf(planned, 2000, interactions);
    const c1 = (100 / 256) ** 2 * (1 - 1 / 16);
    expect(kept).toBe(1);
    expect(grown).toBeCloseTo(2 * c1 * batchFactor(20_000, 256) * 20_000 * 0.9, 9);
    // 78 batches of 256 and one of 32.
    expect(batchFactor(20_000, 256)).toBeCloseTo((78 * 256 * (1 - 1 / 256) + 32 * 64 * (1 - 1 / 32)) / 20_000, 12);
    expect(batchFactor(25_601, 256)).toBeCloseTo((255 / 256) * (25_600 / 25_601), 12);
  });

  it('depends on η/(Bτσ²) alone', () => {
    const planned = plannedOf();
    const scaled = plannedOf({ learningRate: 100 * 9, initial: { standardDeviation: 3 } });
    expect(expectedPearson(finalNorms(scaled))!.value).toBeCloseTo(expectedPearson(finalNorms(planned))!.value, 12);
  });

  it.each(['dense', 'lazy'] as const)(
    'tends to the stationary law under %s decay, and to plain growth as λ → 0',
    (applies) => {
      const rate = 1e-3;
      const planned = plannedOf({ epochs: 1e6, weightDecay: { rate, applies } });
      const { kept, grown } = growthOf(planned, 200, interactions);
      expect(kept).toBeCloseTo(0, 12);
      // L, for the mean gain η²L of an appearance.
      const presence = 1 - (1 - 0.01) ** 256;
      const c1 = (100 / 256) ** 2 * (1 - 1 / 16);
      const gain = (c1 * batchFactor(20_000, 256) * 256 * 0.01 * 0.99) / presence;
      const stationary = stationarySquaredNorm(
        {
          learningRate: 100,
          tangentSignal: Math.sqrt(gain) / 100,
          weightDecay: { rate, applies },
          momentum: { beta: 0, dimension: 1 },
        },
        presence,
      )!;
      expect(Math.sqrt(grown)).toBeCloseTo(stationary, 8);
      const light = growthOf(plannedOf({ weightDecay: { rate: 1e-13, applies } }), 200, interactions);
      expect(light.grown / growthOf(plannedOf(), 200, interactions).grown).toBeCloseTo(1, 6);
    },
  );

  it('is multiplied by 1/(1 − β)² by momentum, and balanced with dense decay as the stationary law says', () => {
    const plain = growthOf(plannedOf(), 200, interactions).grown;
    expect(growthOf(plannedOf({ momentum: 0.9 }), 200, interactions).grown / plain).toBeCloseTo(100, 9);
    const planned = plannedOf({ momentum: 0.5, weightDecay: { rate: 1e-3, applies: 'dense' } });
    // s*² = aηL/(λ(1−β)(2 − ηλ/(1+β))) is c/(1 − κ) with c = aη²L/(1−β)².
    expect(decayLoss(planned)).toBeCloseTo((0.1 * (2 - 0.1 / 1.5)) / 0.5, 12);
  });
});

it('has finite norms and thresholds under strong decay, with momentum and at rates where decay is at its limit', () => {
  for (const momentum of [0, 0.9]) {
    for (const rate of [1e-6, 1e-3, 0.0199]) {
      const planned = plannedOf({ momentum, weightDecay: { rate, applies: 'dense' } });
      const { significant, largest } = thresholdsOf(planned);
      for (const value of [significant ?? 1, largest.pearson, expectedPearson(finalNorms(planned))!.value]) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
  }
});

it('finds where the bias shows, where it passes ½, and where it is largest', () => {
  const planned = plannedOf();
  const { significant, half, largest, criticalPearson } = thresholdsOf(planned);
  const at = (learningRate: number) => expectedPearson(finalNorms({ ...planned, learningRate }))!.value;
  expect(criticalPearson).toBeCloseTo(Math.tanh(1.959964 / Math.sqrt(297)), 6);
  expect(at(significant!)).toBeCloseTo(criticalPearson, 5);
  expect(at(half!)).toBeCloseTo(0.5, 5);
  for (const factor of [0.8, 0.95, 1.05, 1.25]) expect(at(largest.learningRate * factor)).toBeLessThan(largest.pearson);
  const steep = thresholdsOf(plannedOf({ popularity: zipfPopularity(1, 100_000, 5e6) }));
  expect(steep.half).toBeNull();
  expect(steep.largest.pearson).toBeLessThan(0.5);
});

it('gives quantiles of the norms by tenth of the items that drawn norms have', () => {
  const planned = plannedOf();
  const deciles = normDeciles(finalNorms(planned));
  const order = planned.popularity.map((_, item) => item).sort((a, b) => planned.popularity[a] - planned.popularity[b]);
  const top = new Set(order.slice(270));
  const drawn = Array.from({ length: 300 }, () => drawNorms(planned).filter((_, item) => top.has(item))).flat();
  for (const [index, share] of [0.05, 0.5, 0.95].entries()) {
    const below = drawn.filter((norm) => norm < deciles[9].norms[index]).length / drawn.length;
    // The draws are independent; a node of the law is a hundredth of it.
    expect(Math.abs(below - share)).toBeLessThan(0.01 + shareZ * Math.sqrt((share * (1 - share)) / drawn.length));
  }
});

it('expects of a dot-product ranker what random queries find', () => {
  const planned = plannedOf({ learningRate: 300 });
  const { dotProduct, cosine } = rankerShares(finalNorms(planned), planned.dimension, 10);
  const popular = new Set([...planned.popularity.keys()].slice(0, 30));
  expect(cosine).toBeGreaterThanOrEqual(0.1);
  const shares = Array.from({ length: 1500 }, () => {
    const scores = drawNorms(planned).map((norm, item) => {
      const direction = Array.from({ length: planned.dimension }, normal);
      const length = Math.sqrt(direction.reduce((sum, entry) => sum + entry * entry, 0));
      return { item, score: (norm * direction[0]) / length };
    });
    scores.sort((a, b) => b.score - a.score);
    return scores.slice(0, 10).filter(({ item }) => popular.has(item)).length / 10;
  });
  const spread = Math.sqrt(mean(shares.map((share) => (share - mean(shares)) ** 2)));
  // A fixed threshold in place of the k-th score: a hundredth.
  expect(Math.abs(mean(shares) - dotProduct)).toBeLessThan(0.02 + (shareZ * spread) / Math.sqrt(shares.length));
  expect(dotProduct).toBeGreaterThan(2 * cosine);
});

it('groups equal popularities, and near ones where there are too many, losing nothing that shows', () => {
  expect(groupItems([3, 1, 3, 2])).toEqual([
    { items: 1, popularity: 1 },
    { items: 1, popularity: 2 },
    { items: 2, popularity: 3 },
  ]);
  const popularity = zipfPopularity(1, 5000, 300_000);
  const groups = groupItems(popularity);
  expect(groups.length).toBeLessThan(1000);
  expect(groups.reduce((sum, { items }) => sum + items, 0)).toBe(5000);
  const grouped = plannedOf({ popularity });
  const whole = finalNorms(grouped, {
    ...prepare(grouped),
    groups: popularity.toReversed().map((value) => ({ items: 1, popularity: value })),
  });
  expect(expectedPearson(finalNorms(grouped))!.value).toBeCloseTo(expectedPearson(whole)!.value, 4);
  expect(expectedSpearman(finalNorms(grouped))!.value).toBeCloseTo(expectedSpearman(whole)!.value, 4);
});

it('says what to change: each remedy brings the expected correlation down', () => {
  const popularity = zipfPopularity(1, 1000, 60_000);
  const planned = plannedOf({ popularity, learningRate: 200 });
  const { rates, thresholds } = predict(planned, [200], 10);
  const [{ shows, remedies, ranker }] = rates;
  expect(shows).toBe(true);
  expect(remedies.learningRate).toBe(thresholds.significant);
  const start = { standardDeviation: remedies.largerStart! };
  const larger = expectedPearson(finalNorms(plannedOf({ popularity, learningRate: 200, initial: start })))!.value;
  expect(larger).toBeCloseTo(thresholds.criticalPearson, 5);
  expect(Math.abs(remedies.lazyDecay!.dotProduct - ranker.cosine)).toBeLessThan(
    (ranker.dotProduct - ranker.cosine) / 2,
  );
  expect(predict(planned, [0.1], 10).rates[0]).toMatchObject({ shows: false, remedies: { learningRate: null } });
});

it('finds a measured threshold between rates, by the correlations with their start taken off', () => {
  const training = (end: readonly number[]) =>
    ({ items: { popularity: [1, 2, 3, 4], initialNorm: [1, 2, 1, 2], finalNorm: end } }) as never;
  const rate = (learningRate: number, controlled: number) => ({
    ...measuredRate(learningRate, [training([1, 2, 1, 2])]),
    controlled: { estimate: controlled, standardError: null },
  });
  expect(measuredRate(1, [training([1, 2, 1, 2])]).controlled.estimate).toBeCloseTo(0, 14);
  expect(measuredThreshold(20, 0.1, [rate(10, 0), rate(40, 0.2)])).toEqual({ predicted: 20, measured: 20, factor: 1 });
  expect(measuredThreshold(20, 0.1, [rate(10, 0), rate(40, 0.05)]).measured).toBeNull();
});
