import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedProcess } from '../../../started-process.ts';

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
export async function reached(moment: Moment, victim: StartedProcess, folder: string): Promise<boolean> {
  if ('changes' in moment) await watched(victim, folder, moment.changes);
  else await Promise.race([victim.ended, pause(moment.afterMs)]);
  return isAlive(victim);
}

/** Watches a process to its end. */
export async function lifeOf(victim: StartedProcess, folder: string): Promise<Life> {
  const began = performance.now();
  const changes = await watched(victim, folder, Number.POSITIVE_INFINITY);
  return { ms: performance.now() - began, changes };
}

/** Looks at a process's folder until it has changed so often, or the process has ended. Returns how often it has changed. */
async function watched(victim: StartedProcess, folder: string, most: number): Promise<number> {
  let [seen, changes] = [seenIn(folder), 0];
  while (changes < most && isAlive(victim)) {
    await pause(lookEveryMs);
    const now = seenIn(folder);
    if (now !== seen) changes += 1;
    seen = now;
  }
  return changes;
}

function isAlive({ child }: StartedProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
