import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Ordeal } from '../../ordeal.ts';
import { openShell, told } from '../shell.ts';

/** More resident memory than this the command does not need, whatever it simulates. */
const mostMegabytes = 400;
const mostGrowth = 48;

/**
 * As many pairs as a person may ask for, of which none is kept. V8 takes some 100 MB for what is new before it collects it, a
 * little at a time: that is over by the middle of a long run.
 */
export const manyReplicates: Ordeal = {
  name: 'many-replicates',
  promise: 'the memory of a run does not grow with its replicates',
  async endure({ folder, isBounded, say }) {
    const replicates = isBounded ? 20_000_000 : 1_000_000_000;
    const shell = openShell(folder);
    // The shell makes room for the command, so that its pid is the child's.
    const { child, ended } = shell.start(
      `exec norm-growth run coupled-pair --set steps=20 --replicates ${replicates} --quiet --workers 2`,
    );
    const samples: number[] = [];
    let isRunning = true;
    ended.finally(() => {
      isRunning = false;
    });
    while (isRunning) {
      const megabytes = residentMegabytes(child.pid!);
      if (megabytes !== null) samples.push(megabytes);
      say(`many-replicates: ${megabytes} MB`);
      await setTimeout(50);
    }
    const end = await ended;
    if (end.code !== 0) throw new Error(`many-replicates: ${told(end)}`);
    const [half, peak] = [samples.slice(0, Math.ceil(samples.length / 2)), Math.max(...samples)];
    const growth = peak - Math.max(...half);
    if (samples.length < 8) throw new Error(`many-replicates: ${samples.length} looks at the process are too few`);
    if (peak > mostMegabytes || growth > mostGrowth)
      throw new Error(`many-replicates: ${peak} MB at the most, of which ${growth} came in the second half of the run`);
    return { replicates, 'MB at the most': peak, 'MB more in the second half': growth };
  },
};

/** Null of a process that has ended. */
function residentMegabytes(pid: number): number | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
