import { baseGain } from './gains/base-gain.ts';
import type { PairParameters } from './pair-parameters.ts';

/**
 * The gain, where it is one number: the same at every appearance of both runs, whatever the step, the copies and the
 * luck. Null where it is not.
 */
export function stepIndependentGain(pair: PairParameters): number | null {
  const { gain } = pair;
  const isConstant =
    gain.model === 'constant' ||
    (gain.model === 'schedule' && gain.schedule.shape === 'constant') ||
    (gain.model === 'multiplicity' && gain.exponent === 0) ||
    (gain.model === 'lognormal' && gain.sigma === 0);
  return isConstant ? baseGain(pair) : null;
}
