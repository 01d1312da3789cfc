import type { Momentum, PairParameters } from '../process/pair-parameters.ts';
import type { PairWalk, WalkOptions } from './pair-walk.ts';
import type { PathRecord } from './path-record.ts';
import { ScalarWalk } from './scalar-walk.ts';
import { VelocityWalk } from './velocity-walk.ts';

/** The walk of the pair's process: on numbers s′, s″, or on vectors where momentum makes directions matter. */
export function openWalk(pair: PairParameters, record: PathRecord, options: WalkOptions): PairWalk {
  return hasMomentum(pair.momentum) ? new VelocityWalk(pair, record, options) : new ScalarWalk(pair, record, options);
}

/** Operations that walking one pair takes besides its appearances: momentum and dense decay move it at every step. */
export function walkingCost({ momentum, weightDecay, steps }: PairParameters): number {
  if (hasMomentum(momentum)) return 4 * momentum.dimension * steps;
  return weightDecay.rate > 0 && weightDecay.applies === 'dense' ? steps : 0;
}

export function hasMomentum(momentum: Momentum): boolean {
  return momentum.beta > 0;
}
