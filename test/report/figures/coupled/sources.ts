import { sourceOf } from './source-of.ts';

const small = 'batchSize: 8\nsteps: 60\nreplicates: 300\ntrajectory: {points: 6}\n';

/** One cell with a constant gain: all of it is known exactly. */
export const constant = await sourceOf(`popularity: {lower: 0.05, upper: 0.1}\n${small}`);

/** Own gains of some spreads and correlations. */
export const ownGains = await sourceOf(
  `popularity: {lower: 0.05, upper: 0.06}\n${small}gain: {model: lognormal, sharing: own, sigma: 1, rho: 0}\n` +
    'sweep: {gain.sigma: [0.5, 1, 2], gain.rho: [0, 0.5]}\n',
);

/** One swept field. */
export const rates = await sourceOf(
  `popularity: {lower: 0.05, upper: 0.1}\n${small}sweep: {learningRate: {log: [0.1, 100, 4]}}\n`,
);

/** Three fields: a plane, and two slices of it. */
export const sliced = await sourceOf(
  `popularity: {lower: 0.05, upper: 0.1}\n${small}` +
    'sweep: {batchSize: [4, 8], learningRate: {log: [0.1, 10, 3]}, popularity.upper: [0.1, 0.2]}\n',
);

/** From p″ = 0.9 on the mean order fails. */
export const counterexample = await sourceOf(
  'popularity: {lower: 0.25, upper: 0.5}\nbatchSize: 1\nsteps: 2\ninitialSquaredNorm: 0.1\nreplicates: 4000\n' +
    'gain: {model: trace, values: [0.1, 1]}\ntrajectory: {points: 2}\n' +
    'sweep: {popularity.lower: [0.25, 0.75], popularity.upper: [0.5, 1], combine: zipped}\n',
);

/** A design of thirteen fields' worth of places for as many cells. */
export const scattered = await sourceOf(
  `popularity: {lower: 0.05, upper: 0.1}\n${small}` +
    'sweep: {combine: sobol, points: 16, learningRate: {log: [0.1, 10]}, initialSquaredNorm: {log: [0.1, 10]}}\n',
);

/** One pair, and no recorded step. */
export const single = await sourceOf(
  'popularity: {lower: 0.05, upper: 0.1}\nbatchSize: 8\nsteps: 20\nreplicates: 1\ntrajectory: {points: 0}\n',
);

/** Nothing moves. */
export const still = await sourceOf(
  'popularity: {lower: 0.05, upper: 0.1}\nbatchSize: 8\nsteps: 0\nreplicates: 20\nsweep: {learningRate: [1, 2], tangentSignal: [1, 2]}\n',
);

/** What no curve is known for. */
export const momentum = await sourceOf(
  `popularity: {lower: 0.05, upper: 0.1}\n${small}initialSquaredNorm: {dimension: 4, standardDeviation: 1}\nmomentum: {beta: 0.5, dimension: 4}\n`,
);
