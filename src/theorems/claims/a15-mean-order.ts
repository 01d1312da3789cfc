import { standardNormalCdf } from '../../maths/normal.ts';
import { articlePair } from '../../process/article-pair.ts';
import { exactPairLaw } from '../../process/exact-law.ts';
import { grow } from '../../process/grow.ts';
import type { PairParameters } from '../../process/pair-parameters.ts';
import { detectableShift } from '../../statistics/hypothesis-tests/z-test.ts';
import { differenceEstimate, meanEstimate } from '../../statistics/pair-estimates.ts';
import { articleRequest } from '../article-request.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';
import type { Finding } from '../finding.ts';

/** A training, and popularities from one to the next of which E‖q‖ is said not to fall, or to fall. */
interface Ladder {
  readonly name: string;
  readonly training: Omit<PairParameters, 'popularity'>;
  readonly popularities: readonly number[];
  readonly goes: 'up' | 'down';
}

const draws = 20_000;
const article = articlePair({ popularity: { lower: 0, upper: 1 }, batchSize: 8, steps: 100 });

const constant: Ladder = {
  name: 'constant gain, exact law',
  training: { ...article, initialSquaredNorm: 0.01 },
  popularities: [0, 0.001, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1],
  goes: 'up',
};
const independentGains: Ladder = {
  name: 'independent log-normal gains, σ = 1',
  training: { ...article, gain: { model: 'lognormal', sharing: 'shared', sigma: 1, rho: 0 } },
  popularities: [0.01, 0.0105],
  goes: 'up',
};
const risingGain: Ladder = {
  name: 'c = 0.1 and then 1 from s₀ = 0.1, all paths',
  training: { ...article, batchSize: 1, steps: 2, initialSquaredNorm: 0.1, gain: traceOf([0.1, 1]) },
  popularities: [0.75, 0.9, 1],
  goes: 'down',
};
const softmax: Ladder = {
  name: 'in-batch softmax gain, p = 0.6 against 0.9',
  training: {
    ...article,
    batchSize: 16,
    learningRate: 8,
    gain: { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 64 },
  },
  popularities: [0.6, 0.9],
  goes: 'down',
};

/** Claim A15: where the article's boxed claim holds, and where it fails. */
export const meanOrder = defineClaim<readonly Ladder[]>({
  id: 'A15',
  statement:
    'E‖q‖ does not fall with p for constant and for independent gains; it may for gains that rise or depend on presence.',
  source:
    'article, the boxed claim; its limits derived for this project: a rising schedule, and in-batch softmax above p ≈ ½',
  conditions: 'holds: constant gain, or gains independent of presence and of each other; fails: both counterexamples',
  drawn: `the exact law on nine popularities, all paths of two steps, ${draws} pairs for each of the two other gains, and 1000 at p = 1`,
  tests: 2,
  claimed: [constant, independentGains, risingGain, softmax],
  wrongTwin: {
    says: 'the boxed claim without its conditions: E‖q‖ never falls with p',
    claimed: [
      { ...risingGain, goes: 'up' },
      { ...softmax, goes: 'up' },
    ],
  },
  check: async (ladders, setting) => [
    ...(await Promise.all(ladders.map((ladder) => ladderFinding(ladder, setting)))),
    exactFinding(
      { what: 'the counterexample as it is printed, and its path', bound: 5e-4, unit: 'of norm' },
      printed(),
    ),
    await standstillFinding(setting),
  ],
});

async function ladderFinding(ladder: Ladder, setting: CheckSetting): Promise<Finding> {
  const { name, training, popularities, goes } = ladder;
  const rungs = popularities
    .slice(1)
    .map((upper, index) => ({ ...training, popularity: { lower: popularities[index], upper } }));
  if (exactPairLaw(rungs[0]) === null) return simulatedFinding(ladder, rungs[0], setting);
  const what = `E‖q‖ ${goes === 'up' ? 'rises' : 'falls'} with p: ${name}`;
  return exactFinding(
    { what, bound: 0, unit: 'cases' },
    rungs.map((pair) => exactRung(pair, goes)),
  );
}

function exactRung(pair: PairParameters, goes: Ladder['goes']): ComparedCase {
  const { lower, upper } = exactPairLaw(pair)!.norm;
  const rise = upper.mean - lower.mean;
  const { popularity } = pair;
  return trueCase(goes === 'up' ? rise > 0 : rise < 0, () => {
    return `E‖q‖ = ${lower.mean} at p = ${popularity.lower} and ${upper.mean} at p = ${popularity.upper}`;
  });
}

/** The z-test of 'E‖q″‖ ≥ E‖q′‖': to be kept where the ladder goes up, to be rejected where it goes down. */
async function simulatedFinding({ name, goes }: Ladder, pair: PairParameters, setting: CheckSetting): Promise<Finding> {
  const { norm } = await setting.simulate(articleRequest(pair, setting, { replicates: draws }));
  const { estimate, standardError } = differenceEstimate(norm);
  return {
    kind: 'statistical',
    what: `E‖q″‖ ≥ E‖q′‖: ${name}`,
    test: 'z',
    draws,
    pValue: standardNormalCdf(estimate / standardError!),
    effect: estimate,
    detectable: detectableShift(standardError!, setting.alpha),
    unit: 'E‖q″‖ − E‖q′‖',
    expects: goes === 'up' ? 'kept' : 'rejected',
  };
}

/** At p = 1 all slots hold the item, which has no negatives then: K(1 − K/B) = 0, and s + 0/s is s without rounding. */
async function standstillFinding(setting: CheckSetting): Promise<Finding> {
  const pair = { ...softmax.training, popularity: { lower: 0.9, upper: 1 } };
  const { norm } = await setting.simulate(articleRequest(pair, setting, { replicates: 1000 }));
  const { estimate, standardError } = meanEstimate(norm, 1);
  const isAtStart = estimate === Math.sqrt(article.initialSquaredNorm as number) && standardError === 0;
  return exactFinding(
    { what: 'in-batch softmax gain at p = 1 leaves every norm at its start', bound: 0, unit: 'cases' },
    [trueCase(isAtStart, () => `the mean of 1000 norms is ${estimate}, standard error ${standardError}`)],
  );
}

/** The means that the counterexample is known by, to the digits given; and a single pair that reverses its order. */
function* printed(): Generator<ComparedCase> {
  const rows = [
    [0.25, 1.059, 2.282],
    [0.5, 1.49, 3.327],
    [0.75, 1.61, 3.236],
    [0.9, 1.532, 2.636],
    [1, 1.417, 2.009],
  ];
  for (const [p, meanNorm, meanSquaredNorm] of rows) {
    const { norm, squaredNorm } = exactPairLaw({ ...risingGain.training, popularity: { lower: p, upper: p } })!;
    yield closeTo(`E‖q‖ at p = ${p}`, norm.lower.mean, meanNorm);
    yield closeTo(`E s at p = ${p}`, squaredNorm.lower.mean, meanSquaredNorm);
  }
  const path = { ...risingGain.training, initialSquaredNorm: 1, gain: traceOf([0.1, 5]) };
  const both = exactPairLaw({ ...path, popularity: { lower: 1, upper: 1 } })!;
  yield closeTo('s″ after c = 0.1 and 5 from s₀ = 1', both.squaredNorm.upper.mean, 5.645);
  yield closeTo('s′ after c = 5 alone from s₀ = 1', grow(1, 5), 6);
}

function closeTo(what: string, measured: number, expected: number): ComparedCase {
  return { deviation: Math.abs(measured - expected), told: () => `${what} is ${measured}, not ${expected}` };
}

function traceOf(values: readonly number[]): PairParameters['gain'] {
  return { model: 'trace', sharing: 'shared', values };
}
