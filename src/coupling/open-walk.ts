import type { Momentum, PairParameters } from '../process/pair-parameters.ts';
import type { PairWalk, WalkOptions } from './pair-walk.ts';
import type { PathRecord } from './path-record.ts';
import { ScalarWalk } from './scalar-walk.ts';
import { VelocityWalk } from './velocity-walk.ts';

/** The walk of the pair's process: on numbers s′, s″, or on vectors where momentum makes directions matter. */
export function openWalk(pair: PairParameters, record: PathRecord, options: WalkOptions): PairWalk {
  return hasMomentum(pair.momentum) ? new VelocityWalk(pair, record, options) : new ScalarWalk(pair, record, options);
}

export function hasMomentum(momentum: Momentum): boolean {
  return momentum.beta > 0;
}
