import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startProcess } from '../started-process.ts';

/** The command, of the source: one that is built is another program, whose workers these tests cannot be. */
export const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
export const hastyWorker = fileURLToPath(new URL('fixtures/hasty-worker.ts', import.meta.url));

interface SourceProcess {
  readonly child: ChildProcess;
  /** Settles when it has ended, with all that it printed. */
  readonly end: Promise<{ readonly code: number | null; readonly text: string }>;
}

/** Starts a script of ours; whatever happens to the test, it is dead afterwards. */
export function start(script: string, words: readonly string[], env: NodeJS.ProcessEnv, cwd = tmpdir()): SourceProcess {
  const { child, ended } = startProcess(process.execPath, [script, ...words], { cwd, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, end: ended.then(({ code, stdout, stderr }) => ({ code, text: stdout + stderr })) };
}
