import type { Claim } from '../claim.ts';
import { tangency } from './a00-tangency.ts';
import { sharedGainOrder } from './a01-shared-gain-order.ts';
import { ownGainOrder } from './a02-own-gain-order.ts';
import { constantGainOrder } from './a03-constant-gain-order.ts';
import { floorAndScaling } from './a04-floor-and-scaling.ts';
import { fourthPowerLaw } from './a05-fourth-power.ts';
import { sharedGainGuarantees } from './a06-shared-gain-guarantees.ts';
import { multiplicityGuarantee } from './a07-multiplicity-guarantee.ts';
import { coupledPresence } from './a08-coupled-presence.ts';
import { pythagoras } from './a09-pythagoras.ts';
import { appearanceCounts } from './a10-appearance-law.ts';
import { iidGainsDominate } from './a11-iid-gains-dominate.ts';
import { ownGainReversal } from './a12-own-gain-reversal.ts';
import { saturation } from './a13-saturation.ts';
import { decayAndMomentum } from './a14-decay-and-momentum.ts';
import { meanOrder } from './a15-mean-order.ts';

/** Every claim, in the order of its number. To add one: a file in this folder, a line here. */
export const claims: readonly Claim[] = [
  tangency,
  sharedGainOrder,
  ownGainOrder,
  constantGainOrder,
  floorAndScaling,
  fourthPowerLaw,
  sharedGainGuarantees,
  multiplicityGuarantee,
  coupledPresence,
  pythagoras,
  appearanceCounts,
  iidGainsDominate,
  ownGainReversal,
  saturation,
  decayAndMomentum,
  meanOrder,
];
