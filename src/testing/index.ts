/** Assertions about growing norms for vitest, jest and node:test, and arbitraries for fast-check. */
export {
  arbitraryGain,
  arbitraryPair,
  arbitraryScenario,
  arbitrarySchedule,
  type WrittenScenario,
} from './arbitraries.ts';
export type { RateOptions } from './false-alarm-rate.ts';
export { assertLawEquals, type Law } from './law-equals.ts';
export { normGrowthMatchers } from './matchers.ts';
export { assertMeanAtLeast, type MeanOptions } from './mean-at-least.ts';
export { assertOrderViolatedOnlyWherePredicted } from './order-foretold.ts';
export { assertOrderKept } from './order-kept.ts';
export type { Sample } from './sample.ts';
export { assertStochasticDominance, type LawOptions } from './stochastic-dominance.ts';
export type { SimulationOptions, TestedPair } from './tested-pair.ts';
