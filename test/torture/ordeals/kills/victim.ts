import { builtCommand, type Ending, type StartedProcess, startProcess } from '../../../started-process.ts';

/** Nothing that is started here takes as long, on however busy a machine. */
const patienceMs = 300_000;

/** Starts the built command, to do something to it. A crash of it leaves no core file, and it may not live for ever. */
export function startVictim(words: readonly string[], folder: string): StartedProcess {
  const script = 'ulimit -c 0; exec "$@"';
  const victim = startProcess('/bin/sh', ['-c', script, 'sh', process.execPath, builtCommand, ...words], {
    cwd: folder,
  });
  return { ...victim, ended: withinPatience(victim, words) };
}

async function withinPatience({ child, ended }: StartedProcess, words: readonly string[]): Promise<Ending> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`${words.join(' ')}: it, or what it started, is alive after ${patienceMs / 1000} s`));
  }, patienceMs);
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}
