import type { GainPath } from '../../../process/gains/gain-model.ts';
import { gainModel } from '../../../process/gains/index.ts';
import { grow } from '../../../process/grow.ts';
import { isOrderViolated } from '../../../process/order.ts';
import type { PairParameters } from '../../../process/pair-parameters.ts';
import { constantFamily } from '../families/constant.ts';
import { scheduleFamily } from '../families/schedule.ts';
import type { PathBreak, PathStep, SearchableClaim } from '../searchable-claim.ts';

/** Claim A6 without its three conditions on the gains. */
export const orderOnEveryPath: SearchableClaim = {
  id: 'A6',
  statement: 'With shared gains, whatever they are, ‖q″‖ ≥ ‖q′‖ after every step of every path.',
  families: [constantFamily, scheduleFamily],
  breakOf: firstFlip,
};

/** A path as far as it was walked. */
interface Walk {
  readonly probability: number;
  readonly path: readonly PathStep[];
  readonly now: PathStep['after'];
}

/**
 * Walks all 3^T presence patterns at once, one step after the other.
 *
 * A flip counts where the computed s″ is below s′ by more than 2^-46 of it. Six steps put at most 12 units of 2^-53 into
 * each (two roundings a step, which Φ_c does not magnify), so a flip that counts is one in exact arithmetic too.
 */
function firstFlip(pair: PairParameters): PathBreak | null {
  const gains = gainModel(pair, 'lower').open();
  const start = pair.initialSquaredNorm as number;
  let walks: Walk[] = [{ probability: 1, path: [], now: { lower: start, upper: start } }];
  for (let step = 1; step <= pair.steps; step++) {
    const gain = gainAt(gains, step);
    walks = walks.flatMap((walk) => continued(walk, gain, pair.popularity));
    const flipped = walks.find(({ now }) => isOrderViolated(now.lower, now.upper));
    if (flipped !== undefined) {
      const { probability, path } = flipped;
      return { kind: 'path', step, probability, path };
    }
  }
  return null;
}

/** The ways on from a walk that have a probability: with one slot a batch, the presence is the popularity. */
function continued({ probability, path, now }: Walk, gain: number, { lower, upper }: PairParameters['popularity']) {
  const grown = { lower: grow(now.lower, gain), upper: grow(now.upper, gain) };
  const outcomes = [
    { presentIn: 'neither', chance: 1 - upper, after: now },
    { presentIn: 'both', chance: lower, after: grown },
    { presentIn: 'upper', chance: upper - lower, after: { lower: now.lower, upper: grown.upper } },
  ] as const;
  return outcomes
    .filter(({ chance }) => chance > 0)
    .map(({ presentIn, chance, after }) => ({
      probability: probability * chance,
      path: [...path, { gain, presentIn, before: now, after }],
      now: after,
    }));
}

function gainAt(gains: GainPath, step: number): number {
  return gains.gain(step, 1, () => {
    throw new TypeError('orderOnEveryPath: the gain asked for a draw');
  });
}
