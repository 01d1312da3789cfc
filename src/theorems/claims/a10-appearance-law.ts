import { drawCoupledItems } from '../../coupling/coupled-slot.ts';
import { couplings } from '../../coupling/index.ts';
import { binomialPmf } from '../../maths/binomial.ts';
import { appearanceLaw } from '../../process/appearance-law.ts';
import { articlePair } from '../../process/article-pair.ts';
import { exactPairLaw } from '../../process/exact-law.ts';
import { growthTable } from '../../process/growth-table.ts';
import { normLaw } from '../../process/norm-law.ts';
import { presenceGap, presenceProbability } from '../../process/presence.ts';
import { categorical } from '../../random/categorical.ts';
import { replicateStreams } from '../../random/streams.ts';
import { distanceFromLaw } from '../../statistics/histogram-distance.ts';
import { equalPValue } from '../../statistics/hypothesis-tests/binomial-test.ts';
import { chiSquareTest, detectableEffect, drawsToDistinguish } from '../../statistics/hypothesis-tests/chi-square.ts';
import { detectableDistance, drawsToFind, lawPValue } from '../../statistics/hypothesis-tests/dkw.ts';
import { detectableShift, drawsToDetect } from '../../statistics/hypothesis-tests/z-test.ts';
import { drawAppearanceCounts, jointAppearanceLaw, type Presences } from '../appearance-counts.ts';
import { articleRequest } from '../article-request.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import { exactFinding } from '../exact-finding.ts';
import type { StatisticalFinding } from '../finding.ts';

/** How the pairs are drawn: from these popularities, whatever the law is said to be of. */
type Draw = (presences: Presences) => Presences;

const few: Presences = { popularity: { lower: 0.05, upper: 0.1 }, batchSize: 4, steps: 6 };
const many: Presences = { popularity: { lower: 0.002, upper: 0.004 }, batchSize: 64, steps: 1000 };
/** The smallest effect worth seeing: an item that is let in 2 % too often. The draws of each test follow from it. */
const worthSeeing = 1.02;
const members = couplings.filter(({ name }) => name !== 'independent');

/** Claim A10: the law of the appearances, and what follows from it. */
export const appearanceCounts = defineClaim<Draw>({
  id: 'A10',
  statement:
    'N ~ Bin(T, a), and (N′, N″ − N′) is multinomial (T; a′, a″ − a′), whichever member of the coupling draws it.',
  source: 'article, the coupled pair; the joint law derived for this project',
  conditions: 'slots drawn with replacement, any popularities p′ ≤ p″',
  drawn:
    'as many pairs as find an item that is let in 2 % too often: of six steps by each member, of 1,000 by the kernel; slots',
  tests: members.length + 4,
  claimed: (presences) => presences,
  wrongTwin: {
    says: 'the same of an item that is let in 2 % too often',
    claimed: tooOften,
  },
  check: async (draw, setting) => [
    ...members.map((member) => jointFinding(member, draw, setting)),
    ...(await marginalFindings(draw, setting)),
    itemsFinding(draw, setting),
    reductionFinding(),
  ],
});

function tooOften({ popularity: { lower, upper }, ...rest }: Presences): Presences {
  return { ...rest, popularity: { lower: worthSeeing * lower, upper: worthSeeing * upper } };
}

function jointFinding(member: (typeof members)[number], draw: Draw, { seed, alpha }: CheckSetting): StatisticalFinding {
  const streams = replicateStreams(seed, `claim A10 ${member.name}`, 'sfc32');
  const law = jointAppearanceLaw(few);
  const draws = drawsToDistinguish(law, jointAppearanceLaw(tooOften(few)), alpha);
  const { pValue, degrees, effect } = chiSquareTest(drawAppearanceCounts(member, draw(few), draws, streams), law);
  return {
    kind: 'statistical',
    what: `(N′, N″ − N′) is multinomial: ${member.name}`,
    test: 'chi-square',
    draws,
    pValue,
    effect,
    detectable: detectableEffect(draws, degrees, alpha),
    unit: 'Cohen’s w',
    expects: 'kept',
  };
}

async function marginalFindings(draw: Draw, setting: CheckSetting): Promise<StatisticalFinding[]> {
  const { popularity, batchSize, steps } = many;
  const growth = growthTable(1, 1, steps);
  // The probability of one more appearance in a training is what the distribution function moves by, near its middle.
  const presence = presenceProbability(popularity.lower, batchSize);
  const moved = (worthSeeing - 1) * steps * presence * binomialPmf(Math.round(steps * presence), steps, presence);
  const draws = drawsToFind(moved, setting.alpha);
  const request = articleRequest(draw(many), setting, { replicates: draws, coupling: 'events' });
  const { histograms } = await setting.simulate(request);
  const marginals = (['lower', 'upper'] as const).map((run): StatisticalFinding => {
    const law = normLaw(appearanceLaw(steps, presenceProbability(popularity[run], batchSize)), growth, (s) => s);
    // P(S < x) is P(S ≤ the double before x).
    const distance = distanceFromLaw(histograms![run], (x) => law.cdf(x * (1 - 2 ** -53)));
    return {
      kind: 'statistical',
      what: `N ~ Bin(T, a), p = ${popularity[run]}, T = ${steps}: events`,
      test: 'DKW',
      draws,
      pValue: lawPValue(draws, distance),
      effect: distance,
      detectable: detectableDistance(draws, setting.alpha),
      unit: 'sup |F̂ − F|',
      expects: 'kept',
    };
  });
  return [...marginals, await tieFinding(draw, setting)];
}

/** Ties are rare in long trainings: they are counted in short ones. */
async function tieFinding(draw: Draw, setting: CheckSetting): Promise<StatisticalFinding> {
  const tied = tieProbability(few);
  const pairs = drawsToDetect(tied - tieProbability(tooOften(few)), Math.sqrt(tied * (1 - tied)), setting.alpha);
  const { order } = await setting.simulate(articleRequest(draw(few), setting, { replicates: pairs }));
  return {
    kind: 'statistical',
    what: 'P(tie) = (1 − (a″ − a′))^T',
    test: 'binomial',
    draws: pairs,
    pValue: equalPValue(order.ties, pairs, tied),
    effect: order.ties / pairs - tied,
    detectable: detectableShift(Math.sqrt((tied * (1 - tied)) / pairs), setting.alpha),
    unit: 'probability',
    expects: 'kept',
  };
}

function tieProbability({ popularity, batchSize, steps }: Presences): number {
  return (1 - presenceGap(popularity.lower, popularity.upper, batchSize)) ** steps;
}

/** The items of single slots: the item itself, or one of three others, in both runs. */
function itemsFinding(draw: Draw, { uniform, alpha }: CheckSetting): StatisticalFinding {
  const others = [0.1, 0.6, 0.3];
  const [presence, otherItems, drawOther] = [uniform('presence'), uniform('other items'), categorical(others)];
  const slot: Presences = { popularity: { lower: 0.2, upper: 0.5 }, batchSize: 1, steps: 1 };
  const { popularity } = draw(slot);
  const law = itemsLaw(slot.popularity, others);
  const draws = drawsToDistinguish(law, itemsLaw(tooOften(slot).popularity, others), alpha);
  const observed: number[] = new Array(16).fill(0);
  for (let index = 0; index < draws; index++) {
    const { lower, upper } = drawCoupledItems(popularity, presence, 0, () => 1 + drawOther(otherItems));
    observed[4 * lower + upper] += 1;
  }
  const { pValue, degrees, effect } = chiSquareTest(observed, law);
  return {
    kind: 'statistical',
    what: 'P(X = i) = p and P(X = k) = (1 − p) r_k in both runs of a slot, with the same k',
    test: 'chi-square',
    draws,
    pValue,
    effect,
    detectable: detectableEffect(draws, degrees, alpha),
    unit: 'Cohen’s w',
    expects: 'kept',
  };
}

/** P(X′ = k, X″ = l) at index 4k + l, for the item (0) and three others. */
function itemsLaw({ lower, upper }: Presences['popularity'], others: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, index) => {
    const [k, l] = [Math.floor(index / 4), index % 4];
    if (k === 0) return l === 0 ? lower : 0;
    if (l === 0) return (upper - lower) * others[k - 1];
    return k === l ? (1 - upper) * others[k - 1] : 0;
  });
}

/** The variance-reduction factors that follow from the joint law, to the digits they are known by. */
function reductionFinding() {
  const known = [
    { lower: 0.01, upper: 0.02, batchSize: 8, steps: 200, factor: 3.22 },
    { lower: 0.01, upper: 0.011, batchSize: 32, steps: 1000, factor: 18.18 },
    { lower: 0.05, upper: 0.06, batchSize: 128, steps: 200, factor: 1.7 },
  ];
  const what = 'the variance-reduction factors of s: 3.22, 18.18 and 1.70';
  const cases = known.map(({ lower, upper, batchSize, steps, factor }) => {
    const law = exactPairLaw(articlePair({ popularity: { lower, upper }, batchSize, steps }))!;
    const reduction = law.squaredNorm.varianceReduction!;
    const told = () => `${reduction} at p = ${lower} and ${upper}, B = ${batchSize}, T = ${steps}`;
    return { deviation: Math.abs(reduction - factor), told };
  });
  return exactFinding({ what, bound: 0.005, unit: 'half of the last digit' }, cases);
}
