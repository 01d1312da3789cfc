import type { SearchableClaim } from '../searchable-claim.ts';
import { orderOnEveryPath } from './a06-order-on-every-path.ts';
import { meanOrder } from './a15-mean-order.ts';

/** Every claim that counterexamples can be looked for. To add one: a file in this folder, a line here. */
export const searchableClaims: readonly SearchableClaim[] = [orderOnEveryPath, meanOrder];
