import { describe, expect, it } from 'vitest';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { pairOf } from '../coupling/pairs.ts';
import { share } from '../error-budget.ts';
import { appearancesOf, lawPValue } from './joint-law.ts';
import { constantSchedule, finalsOf, walked } from './requests.ts';

const chunks = 8;
const replicates = 25_000;

/** Final states of eight chunks, each from a block of draws of its own unless said otherwise. */
function finalsOfChunks(coupling: (typeof walked)[number], pair: PairParameters, blockOf = (chunk: number) => chunk) {
  const finals = new Float64Array(2 * replicates * chunks);
  for (let chunk = 0; chunk < chunks; chunk++) {
    finals.set(finalsOf(coupling, pair, replicates, { block: blockOf(chunk) }), 2 * replicates * chunk);
  }
  return finals;
}

const oneSlot = (lower: number, upper: number, steps = 100) =>
  pairOf({ popularity: { lower, upper }, batchSize: 1, steps });

const pairs: { name: string; pair: PairParameters }[] = [
  { name: 'small popularities', pair: pairOf() },
  { name: 'neighbouring popularities', pair: pairOf({ popularity: { lower: 0.1, upper: 0.11 } }) },
  { name: 'dense presence', pair: pairOf({ popularity: { lower: 0.2, upper: 0.4 } }) },
  { name: 'one slot', pair: oneSlot(0.3, 0.6, 6) },
  {
    name: 'an item so rare that no top bits decide a gap',
    pair: pairOf({ popularity: { lower: 2e-5, upper: 5e-5 }, steps: 9 }),
  },
  { name: 'an item that is always there', pair: pairOf({ popularity: { lower: 0.3, upper: 1 } }) },
  { name: 'an item of the upper run alone', pair: pairOf({ popularity: { lower: 0, upper: 0.2 } }) },
  { name: 'equal popularities', pair: pairOf({ popularity: { lower: 0.2, upper: 0.2 } }) },
  // Trials are drawn in words of 64 and blocks of 128 steps.
  ...[63, 64, 65, 127, 128, 129].map((steps) => ({
    name: `${steps} steps`,
    pair: pairOf({ popularity: { lower: 0.05, upper: 0.2 }, batchSize: 2, steps }),
  })),
  // From seven leading zeros of p″ on hits are looked for one by one, from eight on after one more digit.
  { name: 'p″ above 2⁻⁷', pair: oneSlot(0.003, 0.0079) },
  { name: 'p″ of 2⁻⁷', pair: oneSlot(0.003, 2 ** -7) },
  { name: 'p″ below 2⁻⁷', pair: oneSlot(0.003, 0.0077) },
  { name: 'p″ above 2⁻⁸', pair: oneSlot(0.003, 0.004) },
  { name: 'p″ of 2⁻⁸', pair: oneSlot(0.003, 2 ** -8) },
  { name: 'p″ below 2⁻⁸', pair: oneSlot(0.003, 0.0038) },
  // Slots are drawn in blocks of 128, too.
  {
    name: 'more slots than a block of trials, sparse',
    pair: pairOf({ popularity: { lower: 5e-4, upper: 1e-3 }, batchSize: 200, steps: 70 }),
  },
  {
    name: 'more slots than a block of trials, dense',
    pair: pairOf({ popularity: { lower: 0.0079, upper: 0.008 }, batchSize: 130, steps: 10 }),
  },
  // What the first digits leave undecided, and nothing else, tells the runs apart.
  { name: 'p′ and p″ with the same twelve digits', pair: oneSlot(0.5 + 2 ** -14, 0.5 + 2 ** -13, 129) },
  { name: 'p′ and p″ of twelve ones', pair: oneSlot(1 - 1.9 * 2 ** -13, 1 - 2 ** -13, 129) },
  { name: 'p′ and p″ of twelve zeros', pair: oneSlot(2 ** -14, 2 ** -13, 129) },
  { name: 'a thinning of sixteen ones', pair: oneSlot(0.5 * (1 - 2 ** -17), 0.5, 128) },
];

/** Some 900 pairs of counts are likely enough to be cells of the chi-square. */
const wide = oneSlot(0.25, 0.5, 128);

describe.each(walked)('the kernel of %s', (coupling) => {
  describe.each([
    { way: 'counting', gain: pairOf().gain },
    { way: 'walking', gain: constantSchedule },
  ])('$way', ({ gain }) => {
    const finals = (pair: PairParameters, blockOf?: (chunk: number) => number) =>
      finalsOfChunks(coupling, { ...pair, gain }, blockOf);

    it.each([...pairs, { name: 'many counts', pair: wide }])(
      'draws the exact joint law of the appearances: $name',
      ({ pair }) => {
        expect(lawPValue(finals(pair), pair)).toBeGreaterThan(share);
      },
    );

    it.each([
      { lower: 0, upper: 1, expected: [0, 6] },
      { lower: 1, upper: 1, expected: [6, 6] },
    ])('is certain at popularities $lower and $upper', ({ lower, upper, expected }) => {
      const certain = pairOf({ popularity: { lower, upper }, gain });
      const counts = appearancesOf(finalsOf(coupling, certain, 200), 6);
      expect(counts).toEqual(Array.from({ length: 200 }, () => expected).flat());
    });

    it('is rejected by the same check when it lets the item in 2 % too often', () => {
      expect(lawPValue(finals(oneSlot(1.02 * 0.25, 1.02 * 0.5, 128)), wide)).toBeLessThan(share);
    });

    it('is rejected by the same check when lower and upper are swapped', () => {
      const swapped = finals(wide).map((_, at, all) => all[at % 2 === 0 ? at + 1 : at - 1]);
      expect(lawPValue(swapped, wide)).toBeLessThan(share);
    });

    it('is rejected by the same check when every chunk uses the same uniforms', () => {
      expect(
        lawPValue(
          finals(wide, () => 0),
          wide,
        ),
      ).toBeLessThan(share);
    });
  });
});
