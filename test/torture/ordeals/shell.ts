import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** How a line of the shell ended, and all that it printed. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell that knows the built command as `norm-growth`. */
export interface Shell {
  /** Where its lines are run. */
  readonly folder: string;
  /** Its environment: for what starts processes by itself. */
  readonly environment: NodeJS.ProcessEnv;
  /** Starts a line; `ended` settles when it has. */
  start(line: string): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** Runs a line to its end. */
  run(line: string): Promise<Ended>;
  /** Runs a line that must end with code 0. @returns what it printed on stdout */
  done(line: string): Promise<string>;
}

/** Opens a shell in a folder, in which it makes another for the command's name. */
export function openShell(folder: string): Shell {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(main, join(bin, 'norm-growth'));
  const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const environment = { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: undefined };
  const start: Shell['start'] = (line) => {
    const child = spawn('bash', ['-c', line], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    return { child, ended: endOf(child) };
  };
  const run: Shell['run'] = (line) => start(line).ended;
  const done: Shell['done'] = async (line) => {
    const ended = await run(line);
    if (ended.code !== 0) throw new Error(`${line}: expected exit code 0, got ${told(ended)}`);
    return ended.stdout;
  };
  return { folder, environment, start, run, done };
}

/** How a line ended, for a message. */
export function told({ code, signal, stdout, stderr }: Ended): string {
  return `${signal ?? code}\nstdout: ${stdout.slice(-1000)}\nstderr: ${stderr.slice(-2000)}`;
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
