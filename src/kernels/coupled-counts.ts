import { binomialPmf } from '../maths/binomial.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { presenceProbability } from '../process/presence.ts';

/** The joint law of (N′, N″), outcome by outcome; what is too improbable to be drawn is left out. */
export interface CoupledCounts {
  readonly lower: Uint32Array;
  readonly upper: Uint32Array;
  readonly probability: Float64Array;
}

/**
 * Outcomes below this are left out: all of them together have some 2π Var N″^½ Var(N′|N″)^½ times as much probability,
 * below 2⁻⁵³ for laws of up to a million outcomes.
 */
const least = 2 ** -68;

/** About how many outcomes the joint law has: the ellipse in which the normal density is above `least`. */
export function coupledCountsSize({ popularity, batchSize, steps }: PairParameters): number {
  const lower = presenceProbability(popularity.lower, batchSize);
  const upper = presenceProbability(popularity.upper, batchSize);
  const thinning = upper === 0 ? 0 : lower / upper;
  const spread = Math.sqrt(steps * upper * (1 - upper)) + 1;
  const spreadOfRow = Math.sqrt(steps * upper * thinning * (1 - thinning)) + 1;
  return 2 * Math.PI * Math.log(2 ** 68) * spread * spreadOfRow;
}

/** N″ ~ Bin(T, a″), and N′ given N″ is Bin(N″, a′/a″) (theory, section 3). */
export function coupledCounts({ popularity, batchSize, steps }: PairParameters): CoupledCounts {
  const presence = presenceProbability(popularity.upper, batchSize);
  const thinning = presence === 0 ? 0 : presenceProbability(popularity.lower, batchSize) / presence;
  const lower: number[] = [];
  const upper: number[] = [];
  const probability: number[] = [];
  const add = (n: number, m: number, p: number) => {
    lower.push(n);
    upper.push(m);
    probability.push(p);
  };
  const mode = Math.min(steps, Math.floor((steps + 1) * presence));
  for (let m = mode; m >= 0 && addRow(m, binomialPmf(m, steps, presence), thinning, add); m--);
  for (let m = mode + 1; m <= steps && addRow(m, binomialPmf(m, steps, presence), thinning, add); m++);
  return {
    lower: Uint32Array.from(lower),
    upper: Uint32Array.from(upper),
    probability: Float64Array.from(probability),
  };
}

/** Adds the outcomes with N″ = m, outwards from the most probable one; false if the row itself is below `least`. */
function addRow(m: number, ofRow: number, thinning: number, add: (n: number, m: number, p: number) => void): boolean {
  if (ofRow < least) return false;
  const mode = Math.min(m, Math.floor((m + 1) * thinning));
  const atMode = ofRow * binomialPmf(mode, m, thinning);
  const odds = thinning / (1 - thinning);
  // P(n − 1)/P(n) = n/((m − n + 1)·odds).
  for (let n = mode, p = atMode; p >= least; p *= n / ((m - n + 1) * odds), n--) add(n, m, p);
  for (let n = mode, p = atMode; ; n++) {
    p *= ((m - n) / (n + 1)) * odds;
    // Not a number where the thinning is certain: 0·∞.
    if (!(p >= least)) return true;
    add(n + 1, m, p);
  }
}
