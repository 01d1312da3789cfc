import type { Ordeal } from '../ordeal.ts';
import { deathsOfWorkers } from './resources/deaths-of-workers.ts';
import { manyReplicates } from './resources/many-replicates.ts';
import { soak } from './resources/soak.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [deathsOfWorkers, manyReplicates, soak];
