import type { Cell } from '../../engine/plan.ts';
import { hashOf, type Json } from '../../random/canonical-json.ts';
import { type Difference, differences } from '../difference.ts';

/** The same for cells whose chunks hold the same numbers, and for no others: all of a cell but how many chunks it has. */
export function contentKey({ pair, coupling, kernel, generator, seed, recordedSteps, chunkSize }: Cell): string {
  return hashOf({ pair, coupling, kernel, generator, seed, recordedSteps: stepsKey(recordedSteps), chunkSize });
}

/** How the content of two cells differs: first in what was asked for, then in what was chosen for it. */
export function contentDifferences(stored: Cell, present: Cell): Difference[] {
  return [asked, chosen].flatMap((part) => differences(part(stored), part(present)));
}

function asked({ pair, seed, generator, recordedSteps }: Cell): Json {
  return JSON.parse(JSON.stringify({ pair, seed, generator, recordedSteps }));
}

function chosen({ coupling, kernel, chunkSize }: Cell): Json {
  return { coupling, kernel, replicatesPerBlock: chunkSize };
}

/** The cells of a sweep mostly share one list, which is long. */
const stepsKeys = new WeakMap<readonly number[], string>();

function stepsKey(steps: readonly number[]): string {
  const key = stepsKeys.get(steps) ?? hashOf(steps);
  stepsKeys.set(steps, key);
  return key;
}
