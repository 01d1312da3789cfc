import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decayFactor } from '../../src/process/decay.ts';
import { gainModel } from '../../src/process/gains/index.ts';
import { grow } from '../../src/process/grow.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { presenceProbability } from '../../src/process/presence.ts';
import { greatestGain, initialRange } from '../../src/scenarios/cells/gain-range.ts';
import { pairProblems } from '../../src/scenarios/cells/pair-problems.ts';

/** Numbers of every size that the schema lets through. */
const sized = (least: number, most: number) =>
  fc.double({ min: Math.log10(least), max: Math.log10(most), noNaN: true }).map((digits) => 10 ** digits);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const stepCount = fc.integer({ min: 1, max: 1e9 });

const schedule = fc.oneof(
  fc.record({ shape: fc.constant('step' as const), every: stepCount, factor: sized(1e-6, 1e6) }),
  fc.record({ shape: fc.constant('exponential' as const), factor: sized(1e-6, 1e6) }),
  fc.record({ shape: fc.constant('cosine' as const), floor: share }),
  fc.record({ shape: fc.constant('warm-up' as const), from: share, over: stepCount }),
  fc.record({ shape: fc.constant('cyclic' as const), low: share, high: sized(1, 1e6), halfPeriod: stepCount }),
);
const sharing = fc.constant('own' as const);
const gain = fc.oneof(
  fc.record({ model: fc.constant('constant' as const), sharing }),
  fc.record({ model: fc.constant('schedule' as const), sharing, schedule }),
  fc.record({ model: fc.constant('lognormal' as const), sharing, sigma: sized(1e-3, 10), rho: share }),
  fc.record({ model: fc.constant('pareto' as const), sharing, tailIndex: sized(1.001, 1e6) }),
  fc.record({ model: fc.constant('multiplicity' as const), sharing, exponent: fc.double({ min: -10, max: 10 }) }),
  fc.record({
    model: fc.constant('in-batch-softmax' as const),
    sharing,
    temperature: sized(1e-6, 1e6),
    dimension: fc.integer({ min: 1, max: 65536 }),
  }),
  fc.record({
    model: fc.constant('trace' as const),
    sharing,
    values: fc.array(sized(1e-30, 1e30), { minLength: 20, maxLength: 20 }),
  }),
);
const pairs: fc.Arbitrary<PairParameters> = fc.record({
  popularity: fc.constant({ lower: 0.1, upper: 0.2 }),
  batchSize: fc.integer({ min: 1, max: 1000 }),
  steps: fc.constant(20),
  initialSquaredNorm: fc.oneof(
    sized(1e-30, 1e30),
    fc.record({ dimension: fc.integer({ min: 1, max: 65536 }), standardDeviation: sized(1e-15, 1e15) }),
  ),
  learningRate: sized(1e-15, 1e15),
  tangentSignal: sized(1e-15, 1e15),
  gain,
  weightDecay: fc.constant({ rate: 0, applies: 'dense' as const }),
  momentum: fc.constant({ beta: 0, dimension: 2 }),
});

/** The draws that make gains extreme, as a generator of 53 bits can give them. */
const extremeUniforms = [0, 2 ** -53, 0.5, 1 - 2 ** -53];

it('bounds every gain that a model can give, at every step, number of copies and draw', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const bound = greatestGain(pair) * (1 + 1e-12);
      for (const uniform of extremeUniforms) {
        const path = gainModel(pair, 'upper').open();
        for (let step = 1; step <= pair.steps; step++) {
          const copies = 1 + ((step * 7) % pair.batchSize);
          expect(path.gain(step, copies, () => uniform)).toBeLessThanOrEqual(bound);
        }
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('lets through only pairs whose squared norms keep a finite fourth power, summed over all replicates', () => {
  let accepted = 0;
  fc.assert(
    fc.property(pairs, (pair) => {
      if (pairProblems(pair).length > 0) return;
      accepted += 1;
      const { least, greatest } = initialRange(pair);
      for (const start of [least, greatest]) {
        let s = start;
        let greatestSeen = start;
        for (let step = 1; step <= 1000; step++) {
          s = grow(s, greatestGain(pair));
          greatestSeen = Math.max(greatestSeen, s);
        }
        expect(greatestSeen ** 4 * 1e10).toBeLessThan(Number.MAX_VALUE);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});

/** Pairs in which decay matters: rates, gains and steps of every size. */
const decayingPairs: fc.Arbitrary<PairParameters> = fc
  .record({ pair: pairs, rate: sized(1e-4, 1), steps: fc.integer({ min: 1, max: 3000 }), p: sized(1e-3, 1) })
  .chain(({ pair, rate, steps, p }) =>
    fc.constantFrom('dense' as const, 'lazy' as const).map((applies) => ({
      ...pair,
      steps,
      popularity: { lower: p, upper: p },
      gain: pair.gain.model === 'trace' ? { model: 'constant' as const, sharing: 'own' as const } : pair.gain,
      weightDecay: { rate: rate / pair.learningRate, applies },
    })),
  );

it('lets through only decaying pairs whose squared norms keep a positive size and a finite fourth power', () => {
  let accepted = 0;
  fc.assert(
    fc.property(decayingPairs, fc.constantFrom(...extremeUniforms), fc.nat(), (pair, uniform, phase) => {
      if (pairProblems(pair).length > 0) return;
      accepted += 1;
      const path = gainModel(pair, 'lower').open();
      const decay = decayFactor(pair);
      // Appearances as far apart as ten mean stretches, then one a step.
      const apart = Math.ceil(10 / presenceProbability(pair.popularity.lower, pair.batchSize));
      let s = initialRange(pair).least;
      for (let step = 1; step <= pair.steps; step++) {
        const isPresent = (step + phase) % apart < 3;
        const kept = isPresent || pair.weightDecay.applies === 'dense' ? decay(step) : 1;
        const gain = path.gain(step, isPresent ? 1 : 0, () => uniform);
        s = isPresent ? grow(s, gain, kept) : s * kept;
        expect(s).toBeGreaterThan(0);
        expect(s ** 4 * 1e10).toBeLessThan(Number.MAX_VALUE);
      }
    }),
    { seed: 1, numRuns: 600 },
  );
  expect(accepted).toBeGreaterThan(50);
});

it('does not blame the decay where there is none, however fast a schedule grows', () => {
  const schedule = { shape: 'exponential', factor: 1e6 } as const;
  const gain = { model: 'schedule', sharing: 'own', schedule } as const;
  const problems = pairProblems({ ...settled, steps: 60, gain, weightDecay: { rate: 0, applies: 'dense' } });
  expect(problems.map(({ path }) => path.join('.'))).toEqual(['initialSquaredNorm']);
  expect(pairProblems({ ...settled, steps: 60, gain, learningRate: 0 })[0].message).toMatch(/got .*Infinity/);
});

const softmax = { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 64 } as const;
const settled: PairParameters = {
  popularity: { lower: 0.01, upper: 0.04 },
  batchSize: 16,
  steps: 10_000,
  initialSquaredNorm: 1,
  learningRate: 1,
  tangentSignal: 1,
  gain: { model: 'constant', sharing: 'shared' },
  weightDecay: { rate: 0.01, applies: 'dense' },
  momentum: { beta: 0, dimension: 2 },
};

it.each<[string, Partial<PairParameters>, boolean]>([
  ['a frequent item', {}, true],
  ['a rare item', { popularity: { lower: 1e-5, upper: 0.04 } }, false],
  ['a rare item in a short training', { popularity: { lower: 1e-5, upper: 0.04 }, steps: 1000 }, true],
  ['a start far above what decay leaves', { initialSquaredNorm: 1e30, steps: 3e4 }, true],
  [
    'a cosine rate that ends at 0',
    { gain: { model: 'schedule', sharing: 'own', schedule: { shape: 'cosine', floor: 0 } } },
    true,
  ],
  ['a softmax gain', { gain: softmax }, true],
  ['a softmax gain at popularity 1, which is 0', { gain: softmax, popularity: { lower: 1, upper: 1 } }, false],
  ['gains that stop', { gain: { model: 'trace', sharing: 'own', values: [1, ...Array(9999).fill(0)] } }, false],
])('takes or refuses dense decay of %s', (_, changes, isTaken) => {
  expect(pairProblems({ ...settled, ...changes }).length === 0).toBe(isTaken);
});
