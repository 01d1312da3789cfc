import type { Claim } from '../claim.ts';
import { sharedGainOrder } from './a01-shared-gain-order.ts';
import { iidGainsDominate } from './a11-iid-gains-dominate.ts';

/** Every claim, in the order of its number. To add one: a file in this folder, a line here. */
export const claims: readonly Claim[] = [sharedGainOrder, iidGainsDominate];
