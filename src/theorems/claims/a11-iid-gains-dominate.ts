import type { GainSpecification } from '../../process/gains/gain-specification.ts';
import { largestExcess } from '../../statistics/histogram-distance.ts';
import { detectableExcess, dominancePValue } from '../../statistics/hypothesis-tests/dkw.ts';
import { articleRequest } from '../article-request.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import type { StatisticalFinding } from '../finding.ts';

/** Two popularities and laws of the gain under which the upper norm is said to dominate the lower one. */
interface Setting {
  readonly popularity: { readonly lower: number; readonly upper: number };
  readonly gains: readonly [name: string, gain: GainSpecification][];
}

const draws = 200_000;

/** Claim A11: independent gains of any law leave the order of the laws as it should be. */
export const iidGainsDominate = defineClaim<Setting>({
  id: 'A11',
  statement: 'With independent, identically distributed gains, whatever their law, s″ stochastically dominates s′.',
  source: 'derived for this project: index the gains by appearance, not by time; repairs step 4 of the article',
  conditions: 'gains independent of the presences, any s₀ > 0; single pairs may end in reversed order',
  drawn: `${draws} pairs for each of two laws of the gain, p = 0.05 against 0.06, B = 8, T = 100, s₀ = 0.01`,
  tests: 2,
  claimed: {
    popularity: { lower: 0.05, upper: 0.06 },
    gains: [
      ['log-normal, σ = 1', { model: 'lognormal', sharing: 'own', sigma: 1, rho: 0 }],
      ['Pareto, α = 1.5', { model: 'pareto', sharing: 'own', tailIndex: 1.5 }],
    ],
  },
  wrongTwin: {
    says: 'so it does with gains that depend on how often the batch holds the item (in-batch softmax, p = 0.7 against 0.9)',
    claimed: {
      popularity: { lower: 0.7, upper: 0.9 },
      gains: [
        ['in-batch softmax, shared', { model: 'in-batch-softmax', sharing: 'shared', temperature: 1, dimension: 64 }],
        ['in-batch softmax, own', { model: 'in-batch-softmax', sharing: 'own', temperature: 1, dimension: 64 }],
      ],
    },
  },
  check: ({ popularity, gains }, setting) =>
    Promise.all(gains.map(([name, gain]) => dominanceFinding(name, popularity, gain, setting))),
});

async function dominanceFinding(
  name: string,
  popularity: Setting['popularity'],
  gain: GainSpecification,
  setting: CheckSetting,
): Promise<StatisticalFinding> {
  const pair = { popularity, batchSize: 8, steps: 100, initialSquaredNorm: 0.01, gain };
  const { histograms } = await setting.simulate(articleRequest(pair, setting, { replicates: draws }));
  const excess = largestExcess(histograms!.upper, histograms!.lower);
  return {
    kind: 'statistical',
    what: `F″ ≤ F′ everywhere: ${name}`,
    test: 'DKW',
    draws,
    pValue: dominancePValue(draws, excess),
    effect: excess,
    detectable: detectableExcess(draws, setting.alpha),
    unit: 'sup (F̂″ − F̂′)',
    expects: 'kept',
  };
}
