import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ended } from './judge.ts';

const main = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url));

/** Tells on descriptor 3, at the end of the process, how much memory it has had at most. */
const watcher = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

/** How the real command ended, and what it took. */
export interface Measured extends Ended {
  /** Null where a signal ended it. */
  readonly peakBytes: number | null;
}

/**
 * Runs the built command to its end, in a process of its own.
 *
 * @param env beside this process's own
 * @param longestMs after which it is killed: a hang
 */
export function measuredCommand(
  words: readonly string[],
  cwd: string,
  { env = {}, longestMs = 60_000 }: { readonly env?: NodeJS.ProcessEnv; readonly longestMs?: number } = {},
): Promise<Measured> {
  const child = spawn(process.execPath, ['--import', watcher, main, ...words], {
    cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const texts = child.stdio.slice(1).map((stream) => {
    const pieces: Buffer[] = [];
    stream!.on('data', (piece: Buffer) => pieces.push(piece));
    return () => Buffer.concat(pieces).toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const [stdout, stderr, kilobytes] = texts.map((text) => text());
      resolve({ code, stdout, stderr, peakBytes: code === null ? null : 1024 * Number(kilobytes) });
    });
  });
}
