import fc from 'fast-check';
import { truncatedCopies } from '../../../../src/coupling/copies.ts';
import { geometricGap } from '../../../../src/coupling/gaps.ts';
import { drawInitialSquaredNorm, drawStandardNormal } from '../../../../src/coupling/start.ts';
import type { GainSpecification } from '../../../../src/process/gains/gain-specification.ts';
import { gainModel } from '../../../../src/process/gains/index.ts';
import { drawBinomial } from '../../../../src/random/binomial.ts';
import { categorical } from '../../../../src/random/categorical.ts';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import { openSampler } from '../../../../src/trainer/batches/sampler.ts';
import { generateInteractions } from '../../../../src/trainer/data-sets/generated.ts';
import { pairOf } from '../../../coupling/pairs.ts';
import type { Ordeal } from '../../ordeal.ts';
import { judgeForcedRows } from './forced-rows.ts';

/** What a generator of 53 bits can give, the ends of its range and the places where a sampler turns. */
const edges = [0, 2 ** -53, 2 ** -52, 0.5 - 2 ** -53, 0.5, 0.5 + 2 ** -53, 1 - 2 ** -52, 1 - 2 ** -53];

/** Edges first, then draws as they come, so that what rejects and draws again finds an end. */
interface Script {
  readonly edges: readonly number[];
  readonly seed: number;
}

const script: fc.Arbitrary<Script> = fc.record({
  edges: fc.array(fc.constantFrom(...edges), { minLength: 1, maxLength: 12 }),
  seed: fc.nat(),
});

const probability = fc.constantFrom(0, 5e-324, 1e-300, 1e-17, 2 ** -53, 0.1, 0.5, 0.9, 1 - 2 ** -53, 1);
const trials = fc.constantFrom(0, 1, 2, 63, 64, 1000, 1e9);
const weights = fc
  .array(fc.constantFrom(0, 5e-324, 1e-300, 0.1, 1, 3, 1e300), { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((weight) => weight > 0));
const dimension = fc.constantFrom(1, 2, 64);
const gain = fc.oneof(
  fc.record({
    model: fc.constant('lognormal' as const),
    sharing: fc.constant('own' as const),
    sigma: fc.constantFrom(0, 1, 10),
    rho: fc.constantFrom(0, 0.5, 1),
  }),
  fc.record({
    model: fc.constant('pareto' as const),
    sharing: fc.constant('own' as const),
    tailIndex: fc.constantFrom(1.001, 2, 1e6),
  }),
);

/** A sampler, its parameters, and whether what it drew is in the range of its law. */
interface Sampled<T> {
  readonly name: string;
  readonly parameters: fc.Arbitrary<T>;
  isRight(parameters: T, uniform: () => number): boolean;
}

const sampler = <T>(sampled: Sampled<T>): Sampled<unknown> => sampled as Sampled<unknown>;

const samplers: readonly Sampled<unknown>[] = [
  sampler({
    name: 'geometric gaps',
    parameters: fc.tuple(probability, fc.constantFrom(1, 2, 64, 2 ** 20)),
    isRight: ([p, batch]: [number, number], uniform) => {
      const gap = geometricGap(p, batch)(uniform);
      return gap >= 1 && (Number.isInteger(gap) || gap === Number.POSITIVE_INFINITY) && (p < 1 || gap === 1);
    },
  }),
  sampler({
    name: 'binomial',
    parameters: fc.tuple(trials, probability),
    isRight: ([n, p]: [number, number], uniform) => {
      const successes = drawBinomial(n, p, uniform);
      const isCertain = p === 0 ? successes === 0 : p < 1 || successes === n;
      return Number.isInteger(successes) && successes >= 0 && successes <= n && isCertain;
    },
  }),
  sampler({
    name: 'copies',
    parameters: fc.tuple(probability, fc.constantFrom(1, 2, 64, 1000)),
    isRight: ([p, batch]: [number, number], uniform) => {
      const copies = truncatedCopies(p, batch)(uniform);
      return Number.isInteger(copies) && copies >= 1 && copies <= batch && (p < 1 || copies === batch);
    },
  }),
  sampler({
    name: 'categorical',
    parameters: weights,
    isRight: (all: number[], uniform) => all[categorical(all)(uniform)] > 0,
  }),
  sampler({
    name: 'normal',
    parameters: fc.constant(null),
    isRight: (_: null, uniform) => Math.abs(drawStandardNormal(uniform)) < 8.4,
  }),
  sampler({
    name: 'chi-square starts',
    parameters: fc.tuple(dimension, fc.constantFrom(1e-15, 1, 50, 1e15)),
    isRight: ([d, standardDeviation]: [number, number], uniform) => {
      const start = drawInitialSquaredNorm({ dimension: d, standardDeviation }, () => uniform);
      return start > standardDeviation ** 2 * 1e-33 && start < standardDeviation ** 2 * d * 8.4 ** 2;
    },
  }),
  sampler({
    name: 'gains',
    parameters: gain,
    isRight: (model: GainSpecification, uniform) => {
      const path = gainModel(pairOf({ gain: model }), 'lower').open();
      return [1, 2, 6].map((step) => path.gain(step, 1, uniform)).every((c) => c > 0 && Number.isFinite(c));
    },
  }),
  sampler({
    name: 'batches',
    parameters: fc.constantFrom('epoch-shuffle' as const, 'slots' as const),
    isRight: (name: 'epoch-shuffle' | 'slots', uniform) => {
      const data = { users: 4, items: 6, interactions: 9, zipfExponent: 10, factors: 2 };
      const interactions = generateInteractions(data, uniform);
      const batches = openSampler(name, interactions, 4)(uniform);
      const all = batches.flatMap(({ items }) => items);
      return all.length === 9 && all.every((item) => Number.isInteger(item) && item >= 0 && item < 6);
    },
  }),
];

export const edgeUniforms: Ordeal = {
  name: 'edge-uniforms',
  promise: 'samplers and kernels that are fed the ends of the uniform law draw what is finite and in their range',
  async endure(trial) {
    const runs = trial.isBounded ? 100 : 5000;
    for (const { name, parameters, isRight } of samplers) {
      trial.say(name);
      const property = fc.property(parameters, script, (of, written) => isRight(of, follow(written)));
      try {
        fc.assert(property, { seed: trial.seed, numRuns: runs });
      } catch (error) {
        throw new Error(`${name}, seed ${trial.seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    const rows = judgeForcedRows(trial.isBounded ? 40 : 500, trial);
    return {
      samplers: samplers.length,
      'scripts of uniforms': samplers.length * runs,
      'forced rows of kernel draws': rows,
    };
  },
};

function follow({ edges: first, seed }: Script): () => number {
  const rest = openGenerator('alea', String(seed))(0);
  let at = 0;
  return () => (at < first.length ? first[at++] : rest());
}
