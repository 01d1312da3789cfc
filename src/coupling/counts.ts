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

/** Every so manyth S_n is kept, so that the table of a training of 10⁹ steps takes 125 MB. */
const stride = 64;

/** S_n as a function of n, tabulated as far as it has been asked for. */
function growingTable(initialSquaredNorm: number, gain: number): (appearances: number) => number {
  const kept = [initialSquaredNorm];
  const walked = (from: number, appearances: number) => {
    let squaredNorm = kept[from];
    for (let n = 0; n < appearances; n++) {
      const next = grow(squaredNorm, gain);
      if (next < squaredNorm) {
        throw new RangeError(`counts: S_n decreases from ${squaredNorm} to ${next} at n = ${from * stride + n}`);
      }
      squaredNorm = next;
    }
    return squaredNorm;
  };
  return (appearances) => {
    const last = Math.floor(appearances / stride);
    while (kept.length <= last) kept.push(walked(kept.length - 1, stride));
    return walked(last, appearances % stride);
  };
}
