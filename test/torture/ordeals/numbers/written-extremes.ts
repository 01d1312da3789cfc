import fc, { type Arbitrary } from 'fast-check';
import { couplings } from '../../../../src/coupling/index.ts';
import { generatorNames } from '../../../../src/random/generators/index.ts';
import { extremes } from './extremes.ts';

/** A scenario as somebody might write it, to be read and judged like any other. */
export type Written = Readonly<Record<string, unknown>>;

/** Mostly a default that leaves the other fields their say. */
const mostly = <T>(usual: T, others: Arbitrary<T>, weight = 3): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });

const leastDouble = 5e-324;
const nextToOne = 1 - 2 ** -53;
const probabilities = [0, leastDouble, 1e-300, 1e-40, 1e-27, 1e-17, 1e-9, 0.001, 0.05, 0.3, 0.5, 0.9, nextToOne, 1];
const probability = extremes(probabilities, [-leastDouble, 1 + 2 ** -52, 1e300]);
const popularity = fc
  .tuple(probability, probability, fc.constantFrom('rising', 'rising', 'rising', 'rising', 'equal', 'equal', 'any'))
  .map(([p, q, order]) => {
    if (order === 'rising') return { lower: Math.min(p, q), upper: Math.max(p, q) };
    return { lower: p, upper: order === 'equal' ? p : q };
  });
const steps = extremes([0, 1, 2, 3, 4, 5, 6, 10, 11, 60, 300, 1e9], [-1, 1e9 + 1, 0.5]);
const batchSize = extremes([1, 1, 1, 2, 2, 3, 3, 64, 64, 1000, 1000, 2 ** 20], [0, 2 ** 20 + 1, 1e9]);
const rates = [0, leastDouble, 1e-300, 1e-160, 1e-9, 1e-7, 0.01, 1, 1, 1, 30, 1e15];
const learningRate = extremes(rates, [-1e-300, 1e300]);
const tangentSignal = mostly(1, extremes([0, leastDouble, 1e-15, 1e15], [1e300]));
const start = fc.record({
  dimension: extremes([1, 2, 64], [0, 1e9]),
  standardDeviation: extremes([1e-15, 1e-3, 1, 50, 1e15], [0, 1e300]),
});
const initialSquaredNorm = fc.oneof(
  { weight: 3, arbitrary: extremes([1, 1, 1, 0.1, 4, 1e-30, 1e-15, 1e15, 1e30], [0, leastDouble, 1e-300, 1e300]) },
  { weight: 1, arbitrary: start },
);

const factor = extremes([1e-6, 0.5, 1, 2, 1e6], [0, 1e300]);
const stretch = extremes([1, 2, 7, 1e9], [0]);
const share = extremes([0, 1e-300, 0.5, 1], [2]);
const schedule = fc.oneof(
  fc.record({ shape: fc.constant('constant') }),
  fc.record({ shape: fc.constant('step'), every: stretch, factor }),
  fc.record({ shape: fc.constant('exponential'), factor }),
  fc.record({ shape: fc.constant('cosine'), floor: share }),
  fc.record({ shape: fc.constant('warm-up'), from: share, over: stretch }),
  fc.record({ shape: fc.constant('cyclic'), low: share, high: extremes([0, 1, 3, 1e6], [1e300]), halfPeriod: stretch }),
);
const sharing = fc.constantFrom('shared', 'own');
const traced = fc
  .tuple(
    fc.array(fc.constantFrom(0, leastDouble, 1e-30, 1, 4), { minLength: 300, maxLength: 300 }),
    extremes([1, 1e30], [-1]),
  )
  .map(([values, last]) => [...values.slice(1), last]);
const gain = fc.oneof(
  { weight: 3, arbitrary: fc.record({ model: fc.constant('constant'), sharing }) },
  { weight: 3, arbitrary: fc.record({ model: fc.constant('schedule'), sharing, schedule }) },
  fc.record({ model: fc.constant('lognormal'), sharing, sigma: extremes([0, 1e-9, 1, 8, 10], [50]), rho: share }),
  fc.record({ model: fc.constant('pareto'), sharing, tailIndex: extremes([1.001, 2, 1e6], [1, 1e300]) }),
  fc.record({ model: fc.constant('multiplicity'), sharing, exponent: extremes([-10, 0, 1, 10], [50]) }),
  fc.record({
    model: fc.constant('in-batch-softmax'),
    sharing,
    temperature: extremes([1e-6, 1, 1e6], [0]),
    dimension: extremes([1, 2, 65536], [0]),
  }),
  fc.record({ model: fc.constant('trace'), sharing, values: traced }),
  fc.record({ model: fc.constant('trace'), sharing: fc.constant('own'), values: traced, upperValues: traced }),
);

const weightDecay = mostly(
  { rate: 0, applies: 'dense' },
  fc.record({
    rate: extremes([leastDouble, 1e-15, 0.01, 0.5, nextToOne], [1, 1e300]),
    applies: fc.constantFrom('dense', 'lazy'),
  }),
);
const momentum = mostly(
  { beta: 0, dimension: 2 },
  fc.record({ beta: extremes([leastDouble, 0.5, 0.999999], [1]), dimension: extremes([2, 3, 16], [1]) }),
  6,
);

/** Any field at an end of its range, beside any other at an end of its own. */
export const writtenExtremes: Arbitrary<Written> = fc.record({
  kind: fc.constant('coupled'),
  name: fc.constant('extreme'),
  popularity,
  steps,
  batchSize,
  initialSquaredNorm,
  learningRate,
  tangentSignal,
  gain,
  weightDecay,
  momentum,
  coupling: fc.constantFrom('auto', ...couplings.map(({ name }) => name)),
  generator: mostly('sfc32', fc.constantFrom(...generatorNames), 6),
  seed: extremes([0, 1, Number.MAX_SAFE_INTEGER], [-1, 2 ** 53]),
  replicates: extremes([1, 2, 12], [0]),
  trajectory: fc.record({ points: extremes([0, 0, 1, 2, 10, 200], [201]), spacing: fc.constantFrom('linear', 'log') }),
});
