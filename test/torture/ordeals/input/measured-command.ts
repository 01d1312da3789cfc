import { builtCommand, type Ending, startProcess } from '../../../started-process.ts';

/** Tells on descriptor 3, at the end of the process, how much memory it has had at most. */
const watcher = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

/** How the real command ended, and what it took. */
export interface Measured extends Ending {
  /** Null where a signal ended it. */
  readonly peakBytes: number | null;
}

/**
 * Runs the built command to its end, in a process of its own.
 *
 * @param env beside this process's own
 * @param longestMs after which it is killed: a hang
 */
export async function measuredCommand(
  words: readonly string[],
  cwd: string,
  { env = {}, longestMs = 60_000 }: { readonly env?: NodeJS.ProcessEnv; readonly longestMs?: number } = {},
): Promise<Measured> {
  const { child, ended } = startProcess(process.execPath, ['--import', watcher, builtCommand, ...words], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  let kilobytes = '';
  child.stdio[3]!.on('data', (piece: Buffer) => {
    kilobytes += piece;
  });
  const ending = await ended;
  return { ...ending, peakBytes: ending.code === null ? null : 1024 * Number(kilobytes) };
}
