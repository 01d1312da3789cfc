import fc, { type Arbitrary } from 'fast-check';
import { couplings } from '../coupling/index.ts';
import type { Sharing } from '../process/gains/gain-model.ts';
import type { GainSpecification } from '../process/gains/gain-specification.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { LearningRateSchedule } from '../process/schedules/index.ts';
import { type GeneratorName, generatorNames } from '../random/generators/index.ts';
import { pairProblems } from '../scenarios/cells/pair-problems.ts';

/** A scenario of kind `coupled` with nothing left to its defaults. */
export interface WrittenScenario extends PairParameters {
  readonly kind: 'coupled';
  readonly name: string;
  readonly description: string;
  readonly seed: number;
  readonly coupling: string;
  readonly generator: GeneratorName;
  readonly replicates: number;
  readonly trajectory: { readonly points: number; readonly spacing: 'linear' | 'log' };
}

/** A finite number from the interval. */
function within(min: number, max: number): Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** A learning-rate schedule of any shape, with factors that neither vanish nor explode. */
export function arbitrarySchedule(): Arbitrary<LearningRateSchedule> {
  const stretch = fc.integer({ min: 1, max: 100 });
  const cycle = { low: within(0, 1), high: within(1, 4), halfPeriod: stretch };
  return fc.oneof(
    fc.record({ shape: fc.constant('constant' as const) }),
    fc.record({ shape: fc.constant('step' as const), every: stretch, factor: within(0.1, 1) }),
    fc.record({ shape: fc.constant('exponential' as const), factor: within(0.9, 1) }),
    fc.record({ shape: fc.constant('cosine' as const), floor: within(0, 1) }),
    fc.record({ shape: fc.constant('warm-up' as const), from: within(0, 1), over: stretch }),
    fc.record({ shape: fc.constant('cyclic' as const), ...cycle }),
  );
}

/**
 * A gain of any model, shared or own.
 *
 * @param steps of the training it is for: a trace has a value for each
 */
export function arbitraryGain(steps: number): Arbitrary<GainSpecification> {
  const sharing = fc.constantFrom<Sharing>('shared', 'own');
  const values = fc.array(within(0, 4), { minLength: Math.max(1, steps), maxLength: Math.max(1, steps) });
  const softmax = { temperature: within(0.1, 10), dimension: fc.integer({ min: 1, max: 256 }) };
  return fc.oneof(
    fc.record({ model: fc.constant('constant' as const), sharing }),
    fc.record({ model: fc.constant('schedule' as const), sharing, schedule: arbitrarySchedule() }),
    fc.record({ model: fc.constant('lognormal' as const), sharing, sigma: within(0, 3), rho: within(0, 1) }),
    fc.record({ model: fc.constant('pareto' as const), sharing, tailIndex: within(1.1, 10) }),
    fc.record({ model: fc.constant('multiplicity' as const), sharing, exponent: within(-2, 2) }),
    fc.record({ model: fc.constant('in-batch-softmax' as const), sharing, ...softmax }),
    fc.record({ model: fc.constant('trace' as const), sharing, values }),
    fc.record({
      model: fc.constant('trace' as const),
      sharing: fc.constant('own' as const),
      values,
      upperValues: values,
    }),
  );
}

/**
 * A pair that the simulator takes: any gain, with and without decay, momentum and a random start.
 *
 * @param mostSteps of its training; 60 unless said, so that a thousand pairs are drawn in seconds
 */
export function arbitraryPair(mostSteps = 60): Arbitrary<PairParameters> {
  const popularities = fc.tuple(within(0, 1), within(0, 1)).map(([p, q]) => ({
    lower: Math.min(p, q),
    upper: Math.max(p, q),
  }));
  const start = fc.record({ dimension: fc.integer({ min: 1, max: 16 }), standardDeviation: within(0.1, 10) });
  const parameters = (steps: number): Arbitrary<PairParameters> =>
    fc.record({
      popularity: popularities,
      batchSize: fc.integer({ min: 1, max: 32 }),
      steps: fc.constant(steps),
      initialSquaredNorm: fc.oneof(within(0.01, 100), start),
      learningRate: within(0, 10),
      tangentSignal: within(0, 4),
      gain: arbitraryGain(steps),
      weightDecay: fc.record({ rate: orNone(within(0, 0.005)), applies: fc.constantFrom('dense', 'lazy') }),
      momentum: fc.record({ beta: orNone(within(0, 0.95)), dimension: fc.integer({ min: 2, max: 8 }) }),
    });
  const pairs = fc.integer({ min: 0, max: mostSteps }).chain(parameters);
  return pairs.filter((pair) => pairProblems(pair).length === 0);
}

/** A value, or as often as not 0: what is 0 by default mostly meets the others so. */
function orNone(value: Arbitrary<number>): Arbitrary<number> {
  return fc.oneof(fc.constant(0), value);
}

/** A scenario that loads, of one cell, with a coupling that is exact for it. */
export function arbitraryScenario(mostSteps = 60): Arbitrary<WrittenScenario> {
  return fc.tuple(arbitraryPair(mostSteps), fc.integer({ min: 0, max: 10 })).chain(([pair, points]) => {
    const isRecorded = points > 0 && pair.steps > 0;
    const exact = couplings.filter(({ refusal }) => refusal(pair, isRecorded) === null).map(({ name }) => name);
    return fc.record({
      ...Object.fromEntries(Object.entries(pair).map(([name, value]) => [name, fc.constant(value)])),
      kind: fc.constant('coupled' as const),
      name: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
      description: fc.string({ maxLength: 40 }),
      seed: fc.nat(),
      coupling: fc.constantFrom('auto', ...exact),
      generator: fc.constantFrom(...generatorNames),
      replicates: fc.integer({ min: 1, max: 1000 }),
      trajectory: fc.record({ points: fc.constant(points), spacing: fc.constantFrom('linear', 'log') }),
    }) as Arbitrary<WrittenScenario>;
  });
}
