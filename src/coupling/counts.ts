import { baseGain } from '../process/gains/base-gain.ts';
import { grow } from '../process/grow.ts';
import { presenceProbability } from '../process/presence.ts';
import { drawBinomial } from '../random/binomial.ts';
import type { Coupling } from './coupling.ts';
import { hasMomentum } from './open-walk.ts';

/**
 * Draws only how often the item appears, N″ ~ Bin(T, a″) and N′ | N″ ~ Bin(N″, a′/a″), and looks the final states up in
 * a table of S_n. The order at every step follows from claim A3: at each step the upper run has appeared at least as
 * often, and the table does not decrease (checked while it is made).
 */
export const counts: Coupling = {
  name: 'counts',
  refusal({ gain, weightDecay, momentum, initialSquaredNorm }, isRecorded) {
    if (gain.model !== 'constant') return 'the gain is not constant';
    if (weightDecay.rate > 0) return 'weight decay breaks the monotone table';
    if (hasMomentum(momentum)) return 'momentum depends on when the item appeared';
    if (typeof initialSquaredNorm !== 'number') return 'every pair starts elsewhere';
    return isRecorded ? 'it knows the final state only (trajectory.points: 0 asks for no more)' : null;
  },
  cost: () => 20,
  prepare(pair) {
    const { popularity, batchSize, steps } = pair;
    const upperPresence = presenceProbability(popularity.upper, batchSize);
    const thinning = upperPresence === 0 ? 0 : presenceProbability(popularity.lower, batchSize) / upperPresence;
    const squaredNorm = growingTable(pair.initialSquaredNorm as number, baseGain(pair));
    return (open, walk) => {
      const uniform = open('presence');
      const upperAppearances = drawBinomial(steps, upperPresence, uniform);
      const lowerAppearances = drawBinomial(upperAppearances, thinning, uniform);
      if (steps > 0) walk.settle(squaredNorm(lowerAppearances), squaredNorm(upperAppearances));
    };
  },
};

/** S_n as a function of n, tabulated as far as it has been asked for. */
function growingTable(initialSquaredNorm: number, gain: number): (appearances: number) => number {
  const table = [initialSquaredNorm];
  return (appearances) => {
    for (let last = table.length - 1; last < appearances; last++) {
      const next = grow(table[last], gain);
      if (next < table[last])
        throw new RangeError(`counts: S_n decreases from ${table[last]} to ${next} at n = ${last}`);
      table.push(next);
    }
    return table[appearances];
  };
}
