import type { Ordeal } from '../ordeal.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [];
