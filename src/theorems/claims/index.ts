import type { Claim } from '../claim.ts';
import { sharedGainOrder } from './a01-shared-gain-order.ts';
import { iidGainsDominate } from './a11-iid-gains-dominate.ts';
import { decayAndMomentum } from './a14-decay-and-momentum.ts';
import { meanOrder } from './a15-mean-order.ts';

/** Every claim, in the order of its number. To add one: a file in this folder, a line here. */
export const claims: readonly Claim[] = [sharedGainOrder, iidGainsDominate, decayAndMomentum, meanOrder];
