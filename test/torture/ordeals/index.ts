import type { Ordeal } from '../ordeal.ts';
import { mutatedRuns } from './input/mutated-runs.ts';
import { mutatedScenarios } from './input/mutated-scenarios.ts';
import { mutatedTables } from './input/mutated-tables.ts';
import { realCommands } from './input/real-commands.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [mutatedScenarios, mutatedTables, mutatedRuns, realCommands];
