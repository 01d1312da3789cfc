import type { Ordeal } from '../ordeal.ts';
import { dyingQueue } from './kills/dying-queue.ts';
import { killedRuns } from './kills/killed-runs.ts';
import { killedWriters } from './kills/killed-writers.ts';
import { stoppedRuns } from './kills/stopped-runs.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [killedRuns, stoppedRuns, killedWriters, dyingQueue];
