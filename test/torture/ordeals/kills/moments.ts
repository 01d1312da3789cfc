import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Victim } from './victim.ts';

/** When a process is struck: so long after its start, or when what lies in its folder has changed so often. */
export type Moment = { readonly afterMs: number } | { readonly changes: number };

/** How long a process lives that nobody strikes, and how often what lies in its folder changes meanwhile. */
export interface Life {
  readonly ms: number;
  readonly changes: number;
}

const lookEveryMs = 1;

/**
 * A moment of a life: half of them are spread over its time, most of which a process spends on starting and computing; half
 * over the changes that it makes on the disk, most of which come close together.
 */
export function drawMoment(uniform: () => number, { ms, changes }: Life): Moment {
  return uniform() < 0.5 ? { afterMs: ms * uniform() } : { changes: Math.ceil(changes * uniform()) };
}

/** A moment in a few words. */
export function momentText(moment: Moment): string {
  return 'afterMs' in moment ? `after ${Math.round(moment.afterMs)} ms` : `at change ${moment.changes}`;
}

/** Waits for a moment of a process's life. Returns whether it was alive then. */
export async function reached(moment: Moment, victim: Victim, folder: string): Promise<boolean> {
  const isDue = ({ ms, changes }: Life) => ('afterMs' in moment ? ms >= moment.afterMs : changes >= moment.changes);
  return (await watched(victim, folder, isDue)).isAlive;
}

/** Watches a process to its end. */
export async function lifeOf(victim: Victim, folder: string): Promise<Life> {
  return (await watched(victim, folder, () => false)).life;
}

/** Looks at a process and its folder until it has seen enough, or the process has ended. */
async function watched(
  { child }: Victim,
  folder: string,
  isEnough: (life: Life) => boolean,
): Promise<{ readonly isAlive: boolean; readonly life: Life }> {
  const began = performance.now();
  let [seen, changes] = [seenIn(folder), 0];
  for (;;) {
    const isAlive = child.exitCode === null && child.signalCode === null;
    const now = seenIn(folder);
    if (now !== seen) changes += 1;
    seen = now;
    const life = { ms: performance.now() - began, changes };
    if (!isAlive || isEnough(life)) return { isAlive, life };
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Names and sizes. */
function seenIn(folder: string): string {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => `${name} ${lstatSync(join(folder, name), { throwIfNoEntry: false })?.size}`)
      .join('\n');
  } catch (error) {
    // A folder that went between two looks is seen at the next.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
