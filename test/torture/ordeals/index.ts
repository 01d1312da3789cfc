import type { Ordeal } from '../ordeal.ts';
import { mutatedScenarios } from './input/mutated-scenarios.ts';
import { mutatedTables } from './input/mutated-tables.ts';

/** All that the program is put through. */
export const ordeals: readonly Ordeal[] = [mutatedScenarios, mutatedTables];
