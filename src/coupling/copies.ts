import { binomialPmf } from '../maths/binomial.ts';
import { gainModel } from '../process/gains/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { drawBinomial } from '../random/binomial.ts';
import { categorical } from '../random/categorical.ts';

/** Draws K ~ Bin(B, p) given K ≥ 1, by inversion: one uniform. An item that is never present has one copy. */
export function truncatedCopies(popularity: number, batchSize: number): (uniform: () => number) => number {
  if (popularity === 0) return () => 1;
  const pmf = Array.from({ length: batchSize }, (_, index) => binomialPmf(index + 1, batchSize, popularity));
  const draw = categorical(pmf);
  return (uniform) => 1 + draw(uniform);
}

/** The copies of the item in both batches of a step whose upper batch holds it. */
export interface PairCopies {
  lower: number;
  upper: number;
}

/**
 * Draws the two runs' copies at a step given that the upper batch holds the item, into `out`.
 *
 * Where the gain does not depend on copies only presence is drawn: the lower batch holds the item too with probability
 * a′/a″. Where it does, K″ ~ Bin(B, p″) given K″ ≥ 1 and K′ | K″ ~ Bin(K″, p′/p″): each of the upper's slots had U < p″,
 * and U < p′ with probability p′/p″. Own copies are drawn independently, given presence.
 */
export function coupledCopies(
  pair: PairParameters,
  lowerPresence: number,
  upperPresence: number,
): (presence: () => number, copies: () => number, out: PairCopies) => void {
  const { popularity, batchSize } = pair;
  const thinning = upperPresence === 0 ? 0 : lowerPresence / upperPresence;
  if (!gainModel(pair, 'lower').usesCopies) {
    return (presence, _copies, out) => {
      out.upper = 1;
      out.lower = presence() < thinning ? 1 : 0;
    };
  }
  const upperLaw = truncatedCopies(popularity.upper, batchSize);
  if (pair.gain.sharing === 'own') {
    const lowerLaw = truncatedCopies(popularity.lower, batchSize);
    return (presence, copies, out) => {
      out.upper = upperLaw(copies);
      out.lower = presence() < thinning ? lowerLaw(copies) : 0;
    };
  }
  const slotThinning = popularity.upper === 0 ? 0 : popularity.lower / popularity.upper;
  return (_presence, copies, out) => {
    out.upper = upperLaw(copies);
    out.lower = drawBinomial(out.upper, slotThinning, copies);
  };
}
