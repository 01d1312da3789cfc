import { expect } from 'vitest';
import type { RateOptions } from './false-alarm-rate.ts';
import type { Law } from './law-equals.ts';
import { normGrowthMatchers } from './matchers.ts';
import type { MeanOptions } from './mean-at-least.ts';
import type { Sample } from './sample.ts';
import type { LawOptions } from './stochastic-dominance.ts';
import type { SimulationOptions } from './tested-pair.ts';

/** Importing this file registers the matchers with vitest, and their types. */
expect.extend(normGrowthMatchers);

declare module 'vitest' {
  // As vitest declares it: a declaration that is merged must repeat the parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** See `assertOrderKept`. */
    toKeepOrder(options?: SimulationOptions): Promise<void>;
    /** See `assertOrderViolatedOnlyWherePredicted`. */
    toViolateOrderOnlyWherePredicted(options?: SimulationOptions): Promise<void>;
    /** See `assertStochasticDominance`. */
    toDominate(lower: Sample, options?: RateOptions): R;
    toDominate(options?: LawOptions): Promise<void>;
    /** See `assertLawEquals`. */
    toHaveLaw(law: Law, options?: RateOptions): R;
    /** See `assertMeanAtLeast`; to be awaited for a pair. */
    toHaveMeanAtLeast(bound: number, options?: MeanOptions | LawOptions): T extends Sample ? R : Promise<void>;
  }
}
