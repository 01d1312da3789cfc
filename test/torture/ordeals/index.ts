import type { Ordeal } from '../ordeal.ts';
import { hostileFolders } from './hostile/hostile-folders.ts';
import { hostileQueries } from './hostile/hostile-queries.ts';
import { hostileTexts } from './hostile/hostile-texts.ts';
import { queuePayloads } from './hostile/queue-payloads.ts';
import { queueSecrets } from './hostile/queue-secrets.ts';
import { mutatedRuns } from './input/mutated-runs.ts';
import { mutatedScenarios } from './input/mutated-scenarios.ts';
import { mutatedTables } from './input/mutated-tables.ts';
import { realCommands } from './input/real-commands.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [
  mutatedScenarios,
  mutatedTables,
  mutatedRuns,
  realCommands,
  hostileTexts,
  hostileFolders,
  hostileQueries,
  queuePayloads,
  queueSecrets,
];
