import { baseGain } from './gains/base-gain.ts';
import { gainModel } from './gains/index.ts';
import type { PairParameters } from './pair-parameters.ts';
import { stepIndependentGain } from './step-independent-gain.ts';

/** A claim under which the upper run never falls below the lower one, on any path. */
export interface OrderGuarantee {
  readonly claim: 'A3' | 'A6(i)' | 'A6(ii)' | 'A7';
  readonly because: string;
}

/** Longer trainings are not searched for their largest gain. */
const mostSearchedSteps = 1e7;

/**
 * The claim, if any, that guarantees the order of a pair before it is run. Null does not mean that the order breaks.
 *
 * Claim A6(iii) depends on the norms at the first common appearance, so it can be no guarantee beforehand. Weight decay,
 * momentum and random gains have none. O(steps) for schedules and traces; null when they have more than 1e7 steps.
 *
 * @see theory, claims A3, A6 and A7
 */
export function orderGuarantee(pair: PairParameters): OrderGuarantee | null {
  const { gain, weightDecay, momentum } = pair;
  if (weightDecay.rate !== 0 || momentum.beta !== 0) return null;
  if (stepIndependentGain(pair) !== null) {
    return {
      claim: 'A3',
      because: 'the gain is constant, so the norm is a strictly increasing function of the appearances',
    };
  }
  switch (gain.model) {
    case 'schedule':
      return stepwiseGuarantee(pair);
    case 'trace':
      return gain.sharing === 'own' && gain.upperValues !== undefined ? null : stepwiseGuarantee(pair);
    case 'multiplicity':
      return gain.sharing === 'shared' && gain.exponent >= 0 ? multiplicityGuarantee(pair, gain.exponent) : null;
    default:
      return null;
  }
}

/** Claims A6(ii) and A6(i), for gains that are one known function of the step in both runs. */
function stepwiseGuarantee(pair: PairParameters): OrderGuarantee | null {
  if (pair.steps > mostSearchedSteps) return null;
  const path = gainModel(pair, 'lower').open();
  let previous = Infinity;
  let largest = 0;
  let isNeverIncreasing = true;
  for (let step = 1; step <= pair.steps; step++) {
    const gain = path.gain(step, 1, () => 0);
    if (gain > previous) isNeverIncreasing = false;
    if (gain > largest) largest = gain;
    previous = gain;
  }
  if (isNeverIncreasing) return { claim: 'A6(ii)', because: 'both runs share the gains, which never increase' };
  if (!isAtMostInitialSquare(pair, largest)) return null;
  return { claim: 'A6(i)', because: `both runs share the gains, and the largest, ${largest}, is at most s₀²` };
}

/** Claim A7: no gain can exceed c₁B^γ, and the upper run has at least the lower one's copies. */
function multiplicityGuarantee(pair: PairParameters, exponent: number): OrderGuarantee | null {
  const largest = baseGain(pair) * pair.batchSize ** exponent;
  if (!isAtMostInitialSquare(pair, largest)) return null;
  return { claim: 'A7', because: `the copies are shared, and the largest gain, c₁B^γ = ${largest}, is at most s₀²` };
}

function isAtMostInitialSquare({ initialSquaredNorm }: PairParameters, gain: number): boolean {
  return typeof initialSquaredNorm === 'number' && gain <= initialSquaredNorm * initialSquaredNorm;
}
