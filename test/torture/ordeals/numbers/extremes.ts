import fc, { type Arbitrary } from 'fast-check';

/** Numbers that are taken, mostly from the ends of what is taken; and now and then one that is not. */
export const extremes = (taken: readonly number[], refused: readonly number[]): Arbitrary<number> =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...taken) }, { weight: 1, arbitrary: fc.constantFrom(...refused) });
