import { differenceEstimate, varianceReductionEstimate } from '../statistics/pair-estimates.ts';
import type { CoupledRuns } from './coupled/coupled-run.ts';
import { type CoupledTrainings, processNames } from './coupled/run-coupled-trainings.ts';
import { predictors } from './predictors/index.ts';
import type { RecordedTraining } from './recorded-training.ts';

/** A number of a result, by the name that `expect:` has for it; null where the result has no such number. */
export type Quantities = Readonly<Record<string, number | null>>;

/** Appearances with K copies from which on their mean gain is compared with the law's. */
const enoughAppearances = 100;

/** The names of what a recorded training can be expected to show, and what they mean. */
export const recordedQuantities: Readonly<Record<string, string>> = {
  pearson: "Pearson's correlation of popularity and final norm",
  ...Object.fromEntries(
    predictors.flatMap(({ letter, title }) => [
      [`${letter}.normR2`, `R² of the final norm by predictor (${letter}), ${title}`],
      [`${letter}.growthR2`, `R² of s_T − s₀ by predictor (${letter})`],
      [`${letter}.spearman`, `Spearman's correlation of the norm by predictor (${letter}) and the measured one`],
      [`${letter}.growthError`, `median relative error of s_T − s₀ by predictor (${letter})`],
      [`${letter}.largestError`, `largest relative error of s_T by predictor (${letter})`],
      [`${letter}.pearsonGap`, `distance of the Pearson correlation by predictor (${letter}) from the measured one`],
    ]),
  ),
  'gains.multiplicityExponent': 'γ of c ∝ K^γ',
  'gains.popularityExponent': "slope of log of an item's mean gain on log of its popularity",
  'gains.lawError': `largest |mean c/c(K) − 1| over the K with at least ${enoughAppearances} appearances, c(K) the law of the softmax`,
  'gains.coefficientOfVariation': 'standard deviation of c over its mean',
  'gains.lagOneAutocorrelation': "autocorrelation of log c along an item's appearances",
  'gains.tailIndex': "Hill's α of the largest gains",
  'gains.trend': 'mean gain of the last epoch over that of the first',
  'gains.shareBelowRoot': 'share of appearances with s < √c',
  'gains.shareFalling': 'share of appearances at which the norm fell',
  'user.tangentShare': 'share of the users that moved at a right angle in the last recorded step',
  'item.tangentShare': 'share of the items that did',
};

export function quantitiesOfRecorded({ comparison, gains, law, last }: RecordedTraining): Quantities {
  const pearson = comparison?.pearson?.value ?? null;
  const quantities: Record<string, number | null> = { pearson };
  for (const { letter, ...of } of comparison?.predictors ?? []) {
    quantities[`${letter}.normR2`] = of.normR2?.value ?? null;
    quantities[`${letter}.growthR2`] = of.growthR2?.value ?? null;
    quantities[`${letter}.spearman`] = of.spearman?.value ?? null;
    quantities[`${letter}.growthError`] = of.growthError?.value ?? null;
    quantities[`${letter}.largestError`] = of.largestError;
    const predicted = of.pearson?.value ?? null;
    quantities[`${letter}.pearsonGap`] = predicted === null || pearson === null ? null : Math.abs(predicted - pearson);
  }
  if (gains !== null) {
    const { multiplicityExponent, coefficientOfVariation, lagOneAutocorrelation, tailIndex } = gains;
    const ratios = gains.byMultiplicity.flatMap(({ appearances, meanGain }, index) => {
      return appearances < enoughAppearances ? [] : [Math.abs(meanGain / law[index] - 1)];
    });
    Object.assign(quantities, {
      'gains.multiplicityExponent': multiplicityExponent,
      'gains.popularityExponent': gains.popularityExponent,
      'gains.lawError': ratios.length === 0 ? null : Math.max(...ratios),
      'gains.coefficientOfVariation': coefficientOfVariation,
      'gains.lagOneAutocorrelation': lagOneAutocorrelation,
      'gains.tailIndex': tailIndex,
      'gains.trend': gains.byEpoch.at(-1)!.meanGain / gains.byEpoch[0].meanGain,
      'gains.shareBelowRoot': gains.shareBelowRoot,
      'gains.shareFalling': gains.shareFalling,
    });
  }
  quantities['user.tangentShare'] = last?.user.tangentShare ?? null;
  quantities['item.tangentShare'] = last?.item.tangentShare ?? null;
  return quantities;
}

const ofRuns = (prefix: string, whose: string): Record<string, string> => ({
  [`${prefix}pairsViolatedAtSomeStep`]: `share of ${whose} with s″ < s′ after some step`,
  [`${prefix}pairsViolatedAtEnd`]: `share of ${whose} with s″ < s′ at the end`,
  [`${prefix}difference`]: `mean of ‖q″‖ − ‖q′‖ of ${whose} at the end`,
  [`${prefix}difference.zScore`]: `the same in its standard errors, of ${whose}`,
});

/** The names of what coupled real trainings can be expected to show. */
export const coupledQuantities: Readonly<Record<string, string>> = {
  ...ofRuns('', 'the pairs'),
  varianceReduction: 'how many times more independent trainings would be as precise',
  ...Object.fromEntries(
    processNames.flatMap((name) => [
      ...Object.entries(ofRuns(`${name}.`, `the process "${name}"`)),
      [`${name}.divergence`, `mean of ‖q‖ of the process "${name}" over the real one, less 1, at the end`],
      [
        `${name}.largestDivergence`,
        `greatest distance of ‖q‖ of the process "${name}" over the real one from 1, of any run at any recorded step`,
      ],
    ]),
  ),
};

export function quantitiesOfCoupled({ real, processes }: CoupledTrainings): Quantities {
  const quantities: Record<string, number | null> = {
    ...quantitiesOfRuns('', real),
    varianceReduction: varianceReductionEstimate(real.norms.at(-1)!)?.estimate ?? null,
  };
  for (const name of processNames) {
    const { divergence, ...runs } = processes[name];
    const end = divergence.at(-1)!;
    Object.assign(quantities, quantitiesOfRuns(`${name}.`, runs), {
      [`${name}.divergence`]: end.sum / end.runs,
      [`${name}.largestDivergence`]: Math.max(...divergence.map(({ largest }) => largest)),
    });
  }
  return quantities;
}

function quantitiesOfRuns(prefix: string, { order, norms }: CoupledRuns): Quantities {
  const { estimate, standardError } = differenceEstimate(norms.at(-1)!);
  return {
    [`${prefix}pairsViolatedAtSomeStep`]: order.pairsViolatedAtSomeStep / order.pairs,
    [`${prefix}pairsViolatedAtEnd`]: order.pairsViolatedAtEnd / order.pairs,
    [`${prefix}difference`]: estimate,
    [`${prefix}difference.zScore`]: standardError === null || standardError === 0 ? null : estimate / standardError,
  };
}
