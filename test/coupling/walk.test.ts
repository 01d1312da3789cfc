import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couplingNamed } from '../../src/coupling/index.ts';
import { openWalk } from '../../src/coupling/open-walk.ts';
import { type ObservedStep, PathRecord } from '../../src/coupling/path-record.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import { isOrderViolated } from '../../src/process/order.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { pairOf } from './pairs.ts';

function walkOnce(
  pair: PairParameters,
  replicate: number,
  name: 'slots' | 'steps' | 'events' | 'independent' = 'steps',
) {
  const path: ObservedStep[] = [];
  const every = Array.from({ length: pair.steps }, (_, index) => index + 1);
  const record = new PathRecord(every, (observed) => path.push(observed));
  const walk = openWalk(pair, record, { isIndependent: name === 'independent' });
  const open = replicateStreams(31, 'walk', 'sfc32')(replicate);
  walk.begin(open);
  couplingNamed(name).prepare(pair)(open, walk);
  return { record, path, order: record.orderCounts(replicate) };
}

const sharing = fc.constantFrom('shared' as const, 'own' as const);
const gains: fc.Arbitrary<GainSpecification> = fc.oneof(
  fc.record({ model: fc.constant('constant' as const), sharing }),
  fc.record({
    model: fc.constant('lognormal' as const),
    sharing,
    sigma: fc.double({ min: 0, max: 3, noNaN: true }),
    rho: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    model: fc.constant('pareto' as const),
    sharing,
    tailIndex: fc.double({ min: 1.1, max: 4, noNaN: true }),
  }),
  fc.record({
    model: fc.constant('multiplicity' as const),
    sharing,
    exponent: fc.double({ min: -1, max: 2, noNaN: true }),
  }),
  fc.record({
    model: fc.constant('in-batch-softmax' as const),
    sharing,
    temperature: fc.double({ min: 0.02, max: 1, noNaN: true }),
    dimension: fc.integer({ min: 2, max: 64 }),
  }),
  fc.record({
    model: fc.constant('schedule' as const),
    sharing,
    schedule: fc.record({
      shape: fc.constant('cyclic' as const),
      low: fc.double({ min: 0.01, max: 1, noNaN: true }),
      high: fc.double({ min: 1, max: 10, noNaN: true }),
      halfPeriod: fc.integer({ min: 1, max: 9 }),
    }),
  }),
);
const pairs: fc.Arbitrary<PairParameters> = fc
  .record({
    low: fc.double({ min: 0, max: 1, noNaN: true }),
    high: fc.double({ min: 0, max: 1, noNaN: true }),
    batchSize: fc.integer({ min: 1, max: 8 }),
    steps: fc.integer({ min: 1, max: 30 }),
    initialSquaredNorm: fc.double({ min: 0.05, max: 4, noNaN: true }),
    gain: gains,
    rate: fc.constantFrom(0, 0, 0.05, 0.3),
    applies: fc.constantFrom('dense' as const, 'lazy' as const),
  })
  .map(({ low, high, rate, applies, ...rest }) => {
    const popularity = { lower: Math.min(low, high), upper: Math.max(low, high) };
    return pairOf({ ...rest, popularity, weightDecay: { rate, applies } });
  });

describe('the walk of a pair', () => {
  it('breaks the order at exactly the steps that the sharp criterion names', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom('slots' as const, 'events' as const, 'independent' as const),
        fc.nat(1000),
        (pair, name, replicate) => {
          const { path, order } = walkOnce(pair, replicate, name);
          let wasViolated = false;
          for (const { lower, upper, breaksOrder } of path) {
            expect(breaksOrder).toBe(!wasViolated && upper < lower);
            wasViolated = upper < lower;
          }
          expect(order.newViolationsPredicted).toBe(order.newViolations);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('counts violated steps as its recorded path has them', () => {
    fc.assert(
      fc.property(pairs, fc.nat(1000), (pair, replicate) => {
        const { record, order } = walkOnce(pair, replicate);
        const violated = [...record.recordedUpper].filter((upper, index) =>
          isOrderViolated(record.recordedLower[index], upper),
        );
        expect(order.violatedPairSteps).toBe(violated.length);
        expect(order.pairsViolatedAtSomeStep).toBe(violated.length > 0 ? 1 : 0);
        expect(order.pairsViolatedAtEnd).toBe(isOrderViolated(record.lower, record.upper) ? 1 : 0);
        const first = [...record.recordedUpper].findIndex((upper, index) =>
          isOrderViolated(record.recordedLower[index], upper),
        );
        expect(order.firstViolation).toEqual(first === -1 ? null : { replicate, step: first + 1 });
      }),
      { numRuns: 1000 },
    );
  });

  it('counts equal states reached along different paths as equal, not as violations', () => {
    // Independent runs of a constant gain meet in the same S_n again and again.
    const pair = pairOf({ steps: 60, popularity: { lower: 0.3, upper: 0.3 } });
    for (let replicate = 0; replicate < 300; replicate++) {
      const { order, path } = walkOnce(pair, replicate, 'independent');
      const strict = path.filter(({ lower, upper }) => upper < lower).length;
      expect(order.newViolationsPredicted).toBe(order.newViolations);
      expect(order.violatedPairSteps).toBeGreaterThanOrEqual(strict);
    }
  });

  it.each([
    { rate: 0.1, lower: 0.39, upper: 0.4, applies: 'dense' as const },
    { rate: 0.5, lower: 0.9, upper: 0.901, applies: 'dense' as const },
    { rate: 0.5, lower: 0.9, upper: 0.95, applies: 'lazy' as const },
  ])(
    'tells rounding from violations where decay at rate $rate draws the runs together',
    ({ rate, lower, upper, applies }) => {
      const pair = pairOf({ batchSize: 1, steps: 300, popularity: { lower, upper }, weightDecay: { rate, applies } });
      for (let replicate = 0; replicate < 1000; replicate++) {
        const { order } = walkOnce(pair, replicate, 'events');
        expect(order.newViolationsPredicted).toBe(order.newViolations);
      }
    },
  );

  it('has equal runs when the popularities are equal and the gains shared (A8)', () => {
    fc.assert(
      fc.property(pairs, fc.nat(1000), (pair, replicate) => {
        fc.pre(pair.gain.sharing === 'shared');
        const popularity = { lower: pair.popularity.upper, upper: pair.popularity.upper };
        const { record } = walkOnce({ ...pair, popularity }, replicate, 'events');
        expect(record.recordedUpper).toEqual(record.recordedLower);
      }),
      { numRuns: 500 },
    );
  });

  it('shows the counterexample of a rising gain: 6.0 against 5.645', () => {
    // s₀ = 1, c = 0.1 at a step of the upper run only, then c = 5 in both.
    const pair = pairOf({ steps: 2, gain: { model: 'trace', sharing: 'shared', values: [0.1, 5] } });
    const record = new PathRecord([]);
    const walk = openWalk(pair, record, { isIndependent: false });
    walk.begin(replicateStreams(1, 'none', 'sfc32')(0));
    walk.appear(1, 0, 1);
    walk.appear(2, 1, 1);
    expect(record.lower).toBe(6);
    expect(record.upper).toBeCloseTo(5.645, 3);
    expect(record.orderCounts(0)).toMatchObject({ newViolations: 1, newViolationsPredicted: 1 });
  });

  it('gives the same path from events as from steps and slots with dense decay between appearances', () => {
    const pair = pairOf({
      steps: 40,
      weightDecay: { rate: 0.1, applies: 'dense' },
      popularity: { lower: 1, upper: 1 },
    });
    const paths = (['slots', 'steps', 'events'] as const).map((name) => walkOnce(pair, 0, name).record.recordedUpper);
    expect(paths[1]).toEqual(paths[0]);
    expect(paths[2]).toEqual(paths[0]);
  });
});

describe('momentum', () => {
  it('is the scalar process as β goes to 0, path by path', () => {
    const scalar = pairOf({ steps: 200 });
    const vector = { ...scalar, momentum: { beta: 1e-12, dimension: 5 } };
    for (let replicate = 0; replicate < 20; replicate++) {
      const [one, other] = [walkOnce(scalar, replicate).record, walkOnce(vector, replicate).record];
      one.recordedUpper.forEach((squaredNorm, step) => {
        expect(other.recordedUpper[step] / squaredNorm).toBeCloseTo(1, 9);
      });
    }
  });

  it('multiplies the growth of s² by 1/(1 − β)² over many appearances', () => {
    // One long training with the item in every batch: s² grows by 2c/(1 − β)² a step once s ≫ the velocity. Over 20,000
    // steps the start weighs less than 1 %, and the sum of as many increments with relative deviation below 3 has a
    // standard error of about 2 %.
    const steps = 20_000;
    const pair = pairOf({ steps, popularity: { lower: 1, upper: 1 }, momentum: { beta: 0.8, dimension: 32 } });
    const { record } = walkOnce(pair, 0);
    expect(record.upper ** 2 / (2 * steps * 25)).toBeGreaterThan(0.88);
    expect(record.upper ** 2 / (2 * steps * 25)).toBeLessThan(1.12);
  });

  it('shares directions even where the gains are own: with a constant gain, own and shared are one', () => {
    const pair = pairOf({ steps: 50, momentum: { beta: 0.5, dimension: 4 } });
    const own = { ...pair, gain: { model: 'constant', sharing: 'own' } as const };
    expect(walkOnce(own, 3).record.recordedUpper).toEqual(walkOnce(pair, 3).record.recordedUpper);
  });

  it('feels later what it was pulled by while the rate was 0', () => {
    const warmUp = (from: number) => {
      const gain = { model: 'schedule', sharing: 'shared', schedule: { shape: 'warm-up', from, over: 1 } } as const;
      const popularity = { lower: 1, upper: 1 };
      return walkOnce(pairOf({ steps: 2, popularity, gain, momentum: { beta: 0.9, dimension: 4 } }), 0).record.upper;
    };
    expect(warmUp(0)).toBeCloseTo(warmUp(1e-9), 7);
    // Without the first pull the second alone: 1 + c.
    expect(warmUp(0)).toBeGreaterThan(2.5);
  });

  it('has no sharp criterion, and says so', () => {
    expect(walkOnce(pairOf({ momentum: { beta: 0.5, dimension: 4 } }), 0).order.newViolationsPredicted).toBeNull();
  });
});
