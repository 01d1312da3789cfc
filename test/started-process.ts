import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built command. */
export const builtCommand = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** What a process has printed. */
interface Printed {
  stdout: string;
  stderr: string;
}

/** How a process ended, and all that it printed. */
export interface Ending extends Readonly<Printed> {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartedProcess {
  readonly child: ChildProcess;
  /** So far. */
  readonly printed: Readonly<Printed>;
  /** Settles when it has ended, and so has whatever it started that prints to the same places. */
  readonly ended: Promise<Ending>;
}

/** Starts a process that reads nothing, and whose output is kept. @param options with variables beside this process's own */
export function startProcess(
  program: string,
  words: readonly string[],
  { env, ...options }: SpawnOptions = {},
): StartedProcess {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...printed }));
  });
  return { child, printed, ended };
}
