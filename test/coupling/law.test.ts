import { describe, expect, it } from 'vitest';
import type { Coupling, DrawPair } from '../../src/coupling/coupling.ts';
import { couplings } from '../../src/coupling/index.ts';
import { openWalk } from '../../src/coupling/open-walk.ts';
import { PathRecord } from '../../src/coupling/path-record.ts';
import { binomialPmf } from '../../src/maths/binomial.ts';
import { growthTable } from '../../src/process/growth-table.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { presenceProbability } from '../../src/process/presence.ts';
import { replicateStreams, type StreamSource } from '../../src/random/streams.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { share } from '../error-budget.ts';
import { pairOf } from './pairs.ts';

const replicates = 200_000;

/**
 * p-value of the joint law of (N′, N″), read off the final states through the table of S_n. With 200,000 pairs an item
 * let in 2 % too often moves the mean count by more than ten standard errors.
 */
function lawPValue(coupling: Coupling, pair: PairParameters): number {
  const counts = pair.steps + 1;
  const states = [...growthTable(1, 1, pair.steps)];
  const appearances = new Map(states.map((state, count) => [state, count]));
  const record = new PathRecord([]);
  const walk = openWalk(pair, record, { isIndependent: coupling.name === 'independent' });
  const drawPair = coupling.prepare(pair);
  const streams = replicateStreams(17, coupling.name, 'sfc32');
  const observed = new Array(counts * counts).fill(0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const open = streams(replicate);
    walk.begin(open);
    drawPair(open, walk);
    observed[appearances.get(record.lower)! * counts + appearances.get(record.upper)!] += 1;
  }
  return chiSquarePValue(observed, jointPmf(pair, coupling.name === 'independent'));
}

/** P(N′ = n, N″ = m), at index n(T + 1) + m. */
function jointPmf({ popularity, batchSize, steps }: PairParameters, isIndependent: boolean): number[] {
  const [lower, upper] = [popularity.lower, popularity.upper].map((p) => presenceProbability(p, batchSize));
  const counts = Array.from({ length: steps + 1 }, (_, count) => count);
  return counts.flatMap((n) =>
    counts.map((m) => {
      const given = isIndependent ? binomialPmf(n, steps, lower) : n > m ? 0 : binomialPmf(n, m, lower / upper);
      return binomialPmf(m, steps, upper) * given;
    }),
  );
}

/** A coupling whose pairs are drawn by another rule. */
function altered(coupling: Coupling, alter: (drawPair: DrawPair) => DrawPair): Coupling {
  return { ...coupling, prepare: (pair) => alter(coupling.prepare(pair)) };
}

const wrongTwins: Record<string, (coupling: Coupling) => Coupling> = {
  'lets the item in 2 % too often': (coupling) => ({
    ...coupling,
    prepare: (pair) => {
      const { lower, upper } = pair.popularity;
      return coupling.prepare({ ...pair, popularity: { lower: 1.02 * lower, upper: 1.02 * upper } });
    },
  }),
  'uses every uniform twice': (coupling) =>
    altered(coupling, (drawPair) => (open, walk) => drawPair(twice(open), walk)),
  'swaps lower and upper': (coupling) =>
    altered(coupling, (drawPair) => (open, walk) => {
      drawPair(open, {
        record: walk.record,
        begin: (source) => walk.begin(source),
        appear: (step, lowerCopies, upperCopies) => walk.appear(step, upperCopies, lowerCopies),
        finish: () => walk.finish(),
        settle: (lower, upper) => walk.settle(upper, lower),
      });
    }),
};

function twice(open: StreamSource): StreamSource {
  return (purpose) => {
    const uniform = open(purpose);
    let kept: number | null = null;
    return () => {
      const u = kept ?? uniform();
      kept = kept === null ? u : null;
      return u;
    };
  };
}

describe.each(couplings)('$name', (coupling) => {
  it.each([
    { name: 'small popularities', pair: pairOf() },
    { name: 'neighbouring popularities', pair: pairOf({ popularity: { lower: 0.1, upper: 0.11 } }) },
    { name: 'dense presence', pair: pairOf({ popularity: { lower: 0.2, upper: 0.4 } }) },
    { name: 'one slot', pair: pairOf({ batchSize: 1, popularity: { lower: 0.3, upper: 0.6 } }) },
  ])('draws the exact joint law of the appearances: $name', ({ pair }) => {
    expect(lawPValue(coupling, pair)).toBeGreaterThan(share);
  });

  it.each(Object.keys(wrongTwins))('is rejected by the same check when it %s', (twin) => {
    expect(lawPValue(wrongTwins[twin](coupling), pairOf())).toBeLessThan(share);
  });

  it.each([
    { lower: 0, upper: 0, expected: [0, 0] },
    { lower: 0, upper: 1, expected: [0, 6] },
    { lower: 1, upper: 1, expected: [6, 6] },
  ])('is certain at popularities $lower and $upper', ({ lower, upper, expected }) => {
    const pair = pairOf({ popularity: { lower, upper } });
    const states = growthTable(1, 1, pair.steps);
    const record = new PathRecord([]);
    const walk = openWalk(pair, record, { isIndependent: coupling.name === 'independent' });
    const drawPair = coupling.prepare(pair);
    for (let replicate = 0; replicate < 200; replicate++) {
      const open = replicateStreams(1, 'certain', 'sfc32')(replicate);
      walk.begin(open);
      drawPair(open, walk);
      expect([record.lower, record.upper]).toEqual(expected.map((count) => states[count]));
    }
  });

  it('lets an item of popularity 1e-12 in about as often as it should', () => {
    // 1000 steps of 1000 slots, 1000 pairs: 1e-3 appearances expected in all, so more than 3 have probability 5e-14.
    const isLiteral = coupling.name === 'slots';
    const pair = pairOf({ popularity: { lower: 1e-12, upper: 1e-12 }, batchSize: isLiteral ? 10 : 1000, steps: 1000 });
    const record = new PathRecord([]);
    const walk = openWalk(pair, record, { isIndependent: coupling.name === 'independent' });
    const drawPair = coupling.prepare(pair);
    let moved = 0;
    for (let replicate = 0; replicate < 1000; replicate++) {
      const open = replicateStreams(2, 'rare', 'sfc32')(replicate);
      walk.begin(open);
      drawPair(open, walk);
      if (record.upper !== 1) moved += 1;
    }
    expect(moved).toBeLessThanOrEqual(3);
  });
});
