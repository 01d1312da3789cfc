import type { Ordeal } from '../ordeal.ts';
import { damagedBytes } from './damage/damaged-bytes.ts';
import { damagedJournals } from './damage/damaged-journals.ts';
import { fullDisk } from './disk/full-disk.ts';
import { hinderedDisk } from './disk/hindered-disk.ts';
import { hostileFolders } from './hostile/hostile-folders.ts';
import { hostileQueries } from './hostile/hostile-queries.ts';
import { hostileScreens } from './hostile/hostile-screens.ts';
import { hostileTexts } from './hostile/hostile-texts.ts';
import { queuePayloads } from './hostile/queue-payloads.ts';
import { queueSecrets } from './hostile/queue-secrets.ts';
import { mutatedParameters } from './input/mutated-parameters.ts';
import { mutatedRuns } from './input/mutated-runs.ts';
import { mutatedScenarios } from './input/mutated-scenarios.ts';
import { mutatedTables } from './input/mutated-tables.ts';
import { realCommands } from './input/real-commands.ts';
import { dyingQueue } from './kills/dying-queue.ts';
import { killedRuns } from './kills/killed-runs.ts';
import { killedWriters } from './kills/killed-writers.ts';
import { stoppedRuns } from './kills/stopped-runs.ts';
import { edgeUniforms } from './numbers/edge-uniforms.ts';
import { extremePairs } from './numbers/extreme-pairs.ts';
import { extremePredictions } from './numbers/extreme-predictions.ts';
import { extremeStatistics } from './numbers/extreme-statistics.ts';
import { extremeTrainings } from './numbers/extreme-trainings.ts';
import { deathsOfWorkers } from './resources/deaths-of-workers.ts';
import { manyReplicates } from './resources/many-replicates.ts';
import { soak } from './resources/soak.ts';
import { closedOutputs } from './signals/closed-outputs.ts';
import { signals } from './signals/signals.ts';
import { terminals } from './signals/terminals.ts';
import { dieharder } from './streams/dieharder.ts';
import { streamBattery } from './streams/stream-battery.ts';
import { audit } from './supply/audit.ts';
import { twoWriters } from './writers/two-writers.ts';

/** Processes that die. */
const deaths = [killedRuns, stoppedRuns, killedWriters, dyingQueue];

/** What machines do: disks, other writers, signals, threads, memory. */
const machines = [
  damagedBytes,
  damagedJournals,
  fullDisk,
  hinderedDisk,
  twoWriters,
  signals,
  closedOutputs,
  terminals,
  deathsOfWorkers,
  manyReplicates,
  soak,
];

/** What people write, or mean to do. */
const inputs = [
  mutatedScenarios,
  mutatedTables,
  mutatedParameters,
  mutatedRuns,
  realCommands,
  hostileTexts,
  hostileScreens,
  hostileFolders,
  hostileQueries,
  queuePayloads,
  queueSecrets,
  audit,
];

/** Numbers at the ends of their ranges, and draws. */
const numbers = [
  extremePairs,
  extremeStatistics,
  extremeTrainings,
  extremePredictions,
  edgeUniforms,
  streamBattery,
  dieharder,
];

/** All that the program is put through, by what does it. */
export const ordealsBy = { deaths, machines, inputs, numbers } satisfies Record<string, readonly Ordeal[]>;

export const ordeals: readonly Ordeal[] = Object.values(ordealsBy).flat();
