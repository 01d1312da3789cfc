import type { Ordeal } from '../ordeal.ts';
import { deathsOfWorkers } from './resources/deaths-of-workers.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [deathsOfWorkers];
