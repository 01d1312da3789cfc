import { readFileSync } from 'node:fs';

/** Clocks may be set, and are read at different moments. */
const slackMs = 5000;

/** Linux counts the start of a process in hundredths of a second since the machine began, on every architecture that Node has. */
const millisecondsPerTick = 10;

/**
 * Whether a process of this machine that was there at some moment still is. In containers every program may be number 1:
 * where the system says when a process began (Linux does), a later one is not taken for it.
 *
 * @param since ISO 8601
 */
export function isRunning(pid: number, since: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const began = beganMs(pid);
  return began === null || began <= Date.parse(since) + slackMs;
}

/** In milliseconds since 1970; null where the system does not say. */
function beganMs(pid: number): number | null {
  try {
    const [, bootSeconds] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8')) ?? [];
    // The name, in brackets, may hold anything; the start is the 20th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    const began = Number(bootSeconds) * 1000 + Number(fields[19]) * millisecondsPerTick;
    return Number.isFinite(began) ? began : null;
  } catch {
    return null;
  }
}
