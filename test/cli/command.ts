import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { builtCommand, type Ending, type StartedProcess, startProcess } from '../started-process.ts';

/** A folder of its own for a test, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the built command. */
export function start(words: readonly string[], cwd: string, program = builtCommand): StartedProcess {
  return startProcess(process.execPath, [program, ...words], { cwd });
}

/** Runs the built command to its end. */
export function command(words: readonly string[], cwd: string, program = builtCommand): Promise<Ending> {
  return start(words, cwd, program).ended;
}
