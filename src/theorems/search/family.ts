import type { Arbitrary } from 'fast-check';
import type { PairParameters } from '../../process/pair-parameters.ts';

/** A set of pairs, in round numbers, in which a counterexample is looked for. */
export interface Family {
  /** As the command line calls it. */
  readonly name: string;
  /** What its pairs have in common, in one sentence. */
  readonly says: string;
  /** The longest training in it. */
  readonly mostSteps: number;
  /** Its pairs of so many steps, which shrink to rounder numbers. */
  pairs(steps: number): Arbitrary<PairParameters>;
}
