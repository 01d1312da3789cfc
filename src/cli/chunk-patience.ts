import { type Patience, trainingPatience } from '../engine/pool.ts';
import type { RunSettings } from './scenario-run.ts';

/** How patient a run of trainings is with one of them. */
export function patienceOf({ chunkTimeoutMs }: RunSettings): Patience {
  return chunkTimeoutMs === undefined ? trainingPatience : { ...trainingPatience, chunkTimeoutMs };
}
