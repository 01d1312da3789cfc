import { describe, expect, it } from 'vitest';
import { couplingNamed } from '../../src/coupling/index.ts';
import { binomialPmf } from '../../src/maths/binomial.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import { replicateStreams } from '../../src/random/streams.ts';
import { chiSquarePValue } from '../../src/statistics/hypothesis-tests/chi-square.ts';
import { share } from '../error-budget.ts';
import { appearancesOf } from './appearances.ts';
import { pairOf } from './pairs.ts';

const replicates = 200_000;
const members = (['slots', 'steps', 'events', 'independent'] as const).map(couplingNamed);

function multiplicity(sharing: 'shared' | 'own', popularity: PairParameters['popularity']): PairParameters {
  return pairOf({ popularity, batchSize: 5, steps: 1, gain: { model: 'multiplicity', sharing, exponent: 1 } });
}

/** Observed counts of (K′, K″) in one step, at index 6K′ + K″. */
function observedCopies(member: (typeof members)[number], pair: PairParameters): number[] {
  const drawPair = member.prepare(pair);
  const streams = replicateStreams(23, `${member.name} ${pair.gain.sharing}`, 'sfc32');
  const observed = new Array(36).fill(0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const [only] = appearancesOf(drawPair, streams(replicate));
    observed[only === undefined ? 0 : 6 * only.lowerCopies + only.upperCopies] += 1;
  }
  return observed;
}

/** P(K′ = k, K″ = l): from the same slots, or independent given presence (which is coupled), or independent. */
function copiesPmf({ popularity, gain }: PairParameters, isIndependent: boolean): number[] {
  const { lower, upper } = popularity;
  const truncated = (k: number, p: number) => binomialPmf(k, 5, p) / (1 - binomialPmf(0, 5, p));
  return Array.from({ length: 36 }, (_, index) => {
    const [k, l] = [Math.floor(index / 6), index % 6];
    if (isIndependent) return binomialPmf(k, 5, lower) * binomialPmf(l, 5, upper);
    if (gain.sharing === 'shared') return k > l ? 0 : binomialPmf(l, 5, upper) * binomialPmf(k, l, lower / upper);
    const [lowerPresence, upperPresence] = [1 - binomialPmf(0, 5, lower), 1 - binomialPmf(0, 5, upper)];
    if (l === 0) return k === 0 ? 1 - upperPresence : 0;
    const ofLower = k === 0 ? 1 - lowerPresence / upperPresence : (lowerPresence / upperPresence) * truncated(k, lower);
    return binomialPmf(l, 5, upper) * ofLower;
  });
}

describe.each(members)('$name', (member) => {
  it.each(['shared', 'own'] as const)('draws the exact joint law of %s copies', (sharing) => {
    const pair = multiplicity(sharing, { lower: 0.2, upper: 0.3 });
    const pmf = copiesPmf(pair, member.name === 'independent');
    expect(chiSquarePValue(observedCopies(member, pair), pmf)).toBeGreaterThan(share);
  });

  it('is told from a law in which the item is 2 % more popular', () => {
    const wrong = copiesPmf(multiplicity('shared', { lower: 0.204, upper: 0.306 }), member.name === 'independent');
    const observed = observedCopies(member, multiplicity('shared', { lower: 0.2, upper: 0.3 }));
    expect(chiSquarePValue(observed, wrong)).toBeLessThan(share);
  });
});
