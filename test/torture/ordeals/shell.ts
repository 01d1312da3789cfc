import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { builtCommand, type Ending, type StartedProcess, startProcess } from '../../started-process.ts';

/** A shell that knows the built command as `norm-growth`. */
export interface Shell {
  /** Where its lines are run. */
  readonly folder: string;
  /** Its environment: for what starts processes by itself. */
  readonly environment: NodeJS.ProcessEnv;
  start(line: string): StartedProcess;
  /** Runs a line to its end. */
  run(line: string): Promise<Ending>;
  /** Runs a line that must end with code 0. @returns what it printed on stdout */
  done(line: string): Promise<string>;
}

/** Opens a shell in a folder, in which it makes another for the command's name. */
export function openShell(folder: string): Shell {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(builtCommand, join(bin, 'norm-growth'));
  const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const environment = { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: undefined };
  const start: Shell['start'] = (line) => startProcess('bash', ['-c', line], { cwd: folder, env: environment });
  const run: Shell['run'] = (line) => start(line).ended;
  const done: Shell['done'] = async (line) => {
    const ended = await run(line);
    if (ended.code !== 0) throw new Error(`${line}: expected exit code 0, got ${told(ended)}`);
    return ended.stdout;
  };
  return { folder, environment, start, run, done };
}

/** How a line ended, for a message. */
export function told({ code, signal, stdout, stderr }: Ending): string {
  return `${signal ?? code}\nstdout: ${stdout.slice(-1000)}\nstderr: ${stderr.slice(-2000)}`;
}
