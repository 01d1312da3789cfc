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

/** Starts the built command. A crash of it leaves no core file, and it may not live for ever. */
export function startCommand(words: readonly string[], folder: string): Victim {
  const script = 'ulimit -c 0; exec "$@"';
  const victim = startProcess('/bin/sh', ['-c', script, 'sh', process.execPath, main, ...words], folder);
  return { ...victim, ended: withinPatience(victim, words) };
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
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...printed }));
  });
  return { child, ended };
}

async function withinPatience({ child, ended }: Victim, words: readonly string[]): Promise<Ending> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`${words.join(' ')}: it, or what it started, is alive after ${patienceMs / 1000} s`));
  }, patienceMs);
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}
