import { describe, expect, it } from 'vitest';
import type { OrderCounts } from '../../src/coupling/order-counts.ts';
import { mergeOrderCounts, noOrderCounts } from '../../src/coupling/order-counts.ts';
import { type CellRequest, chunkAt, planCells } from '../../src/engine/plan.ts';
import { watchPair } from '../../src/engine/replay-pair.ts';
import { runKernel } from '../../src/engine/run-chunk.ts';
import { eventsKernelRefusal, runEventsKernel } from '../../src/kernels/events-kernel.ts';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { standardNormalCdf } from '../../src/maths/normal.ts';
import type { GainSpecification } from '../../src/process/gains/index.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { presenceProbability } from '../../src/process/presence.ts';
import { streamKey } from '../../src/random/stream-address.ts';
import { chiSquarePValue } from '../chi-square.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share, shareZ } from '../error-budget.ts';

const replicates = 200_000;
const key = streamKey({ seed: 41, group: 'kernel test', purpose: 'kernel', block: 0 });

/** Final states of pairs that start from 1. */
function finalsOf(pair: PairParameters, count = replicates): Float64Array {
  const starts = new Float64Array(count).fill(1);
  return runEventsKernel({ pair, recordedSteps: [], key, first: 0, starts }).finals;
}

/** p-value of the joint law of (N′, N″), read off the final states through the table of S_n. */
function lawPValue(finals: Float64Array, { popularity, batchSize, steps }: PairParameters): number {
  const counts = steps + 1;
  const appearances = new Map([...growthTable(1, 1, steps)].map((state, count) => [state, count]));
  const observed = new Array(counts * counts).fill(0);
  for (let at = 0; at < finals.length; at += 2) {
    observed[appearances.get(finals[at])! * counts + appearances.get(finals[at + 1])!] += 1;
  }
  const [lower, upper] = [popularity.lower, popularity.upper].map((p) => presenceProbability(p, batchSize));
  const pmf = observed.map((_, index) => {
    const [n, m] = [Math.floor(index / counts), index % counts];
    return n > m ? 0 : binomialPmf(m, steps, upper) * binomialPmf(n, m, lower / upper);
  });
  return chiSquarePValue(observed, pmf);
}

describe('the events kernel', () => {
  it.each([
    { name: 'small popularities', pair: pairOf() },
    { name: 'neighbouring popularities', pair: pairOf({ popularity: { lower: 0.1, upper: 0.11 } }) },
    { name: 'dense presence', pair: pairOf({ popularity: { lower: 0.2, upper: 0.4 } }) },
    {
      name: 'a gap that no top bits decide',
      pair: pairOf({ popularity: { lower: 0.00002, upper: 0.00005 }, steps: 9 }),
    },
    { name: 'an item that is always there', pair: pairOf({ popularity: { lower: 0.3, upper: 1 } }) },
    { name: 'an item of the upper run alone', pair: pairOf({ popularity: { lower: 0, upper: 0.2 } }) },
    { name: 'equal popularities', pair: pairOf({ popularity: { lower: 0.2, upper: 0.2 } }) },
  ])('draws the exact joint law of the appearances: $name', ({ pair }) => {
    expect(lawPValue(finalsOf(pair), pair)).toBeGreaterThan(share);
  });

  it('is rejected by the same check when it lets the item in 2 % too often', () => {
    const tooOften = pairOf({ popularity: { lower: 1.02 * 0.05, upper: 1.02 * 0.1 } });
    expect(lawPValue(finalsOf(tooOften), pairOf())).toBeLessThan(share);
  });

  it('is rejected by the same check when lower and upper are swapped', () => {
    const swapped = finalsOf(pairOf()).map((_, at, finals) => finals[at % 2 === 0 ? at + 1 : at - 1]);
    expect(lawPValue(swapped, pairOf())).toBeLessThan(share);
  });

  it('counts every started pair, however many lanes there are for it', () => {
    for (const count of [1, 2, 63, 64, 65, 200]) {
      const { finals, order } = runEventsKernel({
        pair: pairOf({ popularity: { lower: 0.001, upper: 0.002 } }),
        recordedSteps: [],
        key,
        first: 0,
        starts: new Float64Array(count).fill(2),
      });
      expect(finals.every((state) => state >= 2)).toBe(true);
      expect(order.pairs).toBe(count);
    }
  });

  it.each([
    [pairOf({ momentum: { beta: 0.5, dimension: 4 } }), 'momentum'],
    [pairOf({ weightDecay: { rate: 0.1, applies: 'lazy' } }), 'weight decay'],
    [pairOf({ gain: { model: 'pareto', sharing: 'shared', tailIndex: 3 } }), 'gains'],
    [pairOf({ gain: { model: 'lognormal', sharing: 'own', sigma: 9, rho: 0 } }), 'sigma above 8'],
    [pairOf({ popularity: { lower: 0, upper: 0 } }), 'never appears'],
    [pairOf({ steps: 0 }), 'steps'],
  ])('leaves to its twin what it cannot do', (pair, why) => {
    expect(eventsKernelRefusal(pair)).toContain(why);
  });
});

const watched: { name: string; gain: GainSpecification }[] = [
  {
    name: 'a cyclic schedule',
    gain: { model: 'schedule', sharing: 'shared', schedule: { shape: 'cyclic', low: 0.05, high: 1, halfPeriod: 7 } },
  },
  { name: 'shared log-normal gains', gain: { model: 'lognormal', sharing: 'shared', sigma: 1.5, rho: 0.7 } },
  { name: 'own log-normal gains', gain: { model: 'lognormal', sharing: 'own', sigma: 0.5, rho: 0.9 } },
];

describe.each(watched)('a pair of the kernel with $name, watched', ({ gain }) => {
  const request: CellRequest = {
    pair: pairOf({ steps: 60, initialSquaredNorm: 0.05, gain }),
    coupling: 'events',
    generator: 'sfc32',
    seed: 3,
    replicates: 300,
    recordedSteps: [1, 2, 17, 40, 59, 60],
  };
  const [cell] = planCells([request]).cells;
  const { finals, recorded, recordedStride, order } = runKernel(cell, chunkAt(cell, 0));
  const kept = { finals: finals.slice(), recorded: recorded.slice() };

  it('walks the same path, step by step, as the kernel says it ended', () => {
    expect(cell.kernel).toBe('simd');
    for (let replicate = 0; replicate < cell.replicates; replicate++) {
      const record = watchPair(cell, replicate, () => {});
      expect([record.lower, record.upper]).toEqual([kept.finals[2 * replicate], kept.finals[2 * replicate + 1]]);
      request.recordedSteps.forEach((_, index) => {
        const at = replicate * recordedStride + 2 * index;
        expect([kept.recorded[at], kept.recorded[at + 1]]).toEqual([
          record.recordedLower[index],
          record.recordedUpper[index],
        ]);
      });
    }
  });

  it('has the order counts of its pairs, counted by the plain twin', () => {
    let counted: OrderCounts = noOrderCounts;
    for (let replicate = 0; replicate < cell.replicates; replicate++) {
      counted = mergeOrderCounts(counted, watchPair(cell, replicate, () => {}).orderCounts(replicate));
    }
    expect(order).toEqual(counted);
    expect(order.newViolations).toBeGreaterThan(20);
    expect(order.newViolationsPredicted).toBe(order.newViolations);
  });

  it('follows s ← s + c/s with the gains that it tells', () => {
    const path: number[] = [];
    let last = 0.05;
    watchPair(cell, 5, ({ upper, upperGain }) => {
      path.push(upper - (last + upperGain / last));
      last = upper;
    });
    expect(path.length).toBeGreaterThan(5);
    expect(path.every((difference) => difference === 0)).toBe(true);
  });
});

/** The log-gains x = (log c + σ²/2)/σ of the first appearances of many pairs, with the gaps between them. */
function standardGains(sharing: 'shared' | 'own') {
  const [sigma, rho] = [0.5, 0.9];
  const gain = { model: 'lognormal', sharing, sigma, rho } as const;
  const request: CellRequest = {
    pair: pairOf({ steps: 40, popularity: { lower: 0.3, upper: 0.3 }, gain }),
    coupling: 'events',
    generator: 'sfc32',
    seed: 9,
    replicates: 4000,
    recordedSteps: [],
  };
  const cell = { ...planCells([request]).cells[0], chunkSize: 1 };
  const x = (c: number) => (Math.log(c) + (sigma * sigma) / 2) / sigma;
  return Array.from({ length: cell.replicates }, (_, replicate) => {
    const path: { step: number; lower: number; upper: number }[] = [];
    watchPair(cell, replicate, ({ step, lowerGain, upperGain }) =>
      path.push({ step, lower: x(lowerGain), upper: x(upperGain) }),
    );
    return path;
  });
}

describe.each(['shared', 'own'] as const)('log-normal gains of the kernel, %s', (sharing) => {
  const paths = standardGains(sharing);
  const first = paths.map(([appearance]) => appearance);

  it('are standard normal in the logarithm', () => {
    // Forty equally likely intervals, the outermost of them in the ziggurat's last layers.
    const intervals = new Array(40).fill(0);
    for (const { upper } of first) intervals[Math.floor(40 * standardNormalCdf(upper))] += 1;
    expect(chiSquarePValue(intervals, new Array(40).fill(1 / 40))).toBeGreaterThan(share);
  });

  it('are correlated over a gap of g steps by ρ^g, and told from ρ 5 % too small', () => {
    // With correlation r, (y − r x)/√(1 − r²) is standard normal and independent of x.
    const innovations = (rho: number) => {
      const intervals = new Array(40).fill(0);
      for (const [one, two] of paths) {
        if (two === undefined) continue;
        const correlation = rho ** (two.step - one.step);
        const innovation = (two.upper - correlation * one.upper) / Math.sqrt(1 - correlation ** 2);
        intervals[Math.floor(40 * standardNormalCdf(innovation))] += 1;
      }
      return chiSquarePValue(intervals, new Array(40).fill(1 / 40));
    };
    expect(innovations(0.9)).toBeGreaterThan(share);
    expect(innovations(0.855)).toBeLessThan(share);
  });

  it(sharing === 'shared' ? 'are the same in both runs' : 'are independent between the runs', () => {
    const correlation = first.reduce((sum, { lower, upper }) => sum + lower * upper, 0) / first.length;
    if (sharing === 'shared') expect(first.every(({ lower, upper }) => lower === upper)).toBe(true);
    else expect(Math.abs(correlation)).toBeLessThan(shareZ / Math.sqrt(first.length));
  });
});

it('draws normals with the right tails: 400,000 independent gains of one pair, 160 intervals, far ends among them', () => {
  const gain = { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 } as const;
  const pair = pairOf({ steps: 200_000, popularity: { lower: 1, upper: 1 }, gain });
  const request: CellRequest = {
    pair,
    coupling: 'events',
    generator: 'sfc32',
    seed: 21,
    replicates: 1,
    recordedSteps: [],
  };
  // Beyond 3.44 the ziggurat has another method; its table's edges lie between these.
  const edges = Array.from({ length: 159 }, (_, index) => -3.95 + 0.05 * index);
  const observed = new Array(160).fill(0);
  watchPair(planCells([request]).cells[0], 0, ({ lowerGain, upperGain }) => {
    for (const x of [Math.log(lowerGain) + 0.5, Math.log(upperGain) + 0.5]) {
      observed[Math.min(159, Math.max(0, Math.floor((x + 4) / 0.05)))] += 1;
    }
  });
  const cdf = [0, ...edges.map(standardNormalCdf), 1];
  const law = observed.map((_, index) => cdf[index + 1] - cdf[index]);
  expect(chiSquarePValue(observed, law)).toBeGreaterThan(share);
  const narrower = [0, ...edges.map((edge) => standardNormalCdf(1.02 * edge)), 1];
  expect(
    chiSquarePValue(
      observed,
      observed.map((_, index) => narrower[index + 1] - narrower[index]),
    ),
  ).toBeLessThan(share);
});
