import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url));

/** Nothing that is started here takes as long, on however busy a machine. */
const patienceMs = 300_000;

/** How a process ended, and all it printed. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that something will be done to. */
export interface Victim {
  readonly child: ChildProcess;
  /** Settles when it has ended, and whatever it started has. */
  readonly ended: Promise<Ending>;
}

/** Starts the built command. A crash of it leaves no core file. */
export function startCommand(words: readonly string[], folder: string): Victim {
  const script = 'ulimit -c 0; exec "$@"';
  return startProcess('/bin/sh', ['-c', script, 'sh', process.execPath, main, ...words], folder);
}

/** Starts a process. */
export function startProcess(
  program: string,
  words: readonly string[],
  folder: string,
  variables: NodeJS.ProcessEnv = {},
): Victim {
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...variables };
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: endOf(child) };
}

function endOf(child: ChildProcess): Promise<Ending> {
  const { promise, resolve, reject } = Promise.withResolvers<Ending>();
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`${child.spawnargs.join(' ')}: it, or what it started, is alive after ${patienceMs / 1000} s`));
  }, patienceMs);
  child.on('error', reject);
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    resolve({ code, signal, ...printed });
  });
  return promise;
}
