import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { visibleText } from '../scenarios/visible-text.ts';
import { numericFingerprint } from './numeric-fingerprint.ts';

const longestGitMs = 2000;

/** The commit of a checkout, and whether tracked files differ from it. */
interface GitState {
  readonly commit: string;
  readonly isDirty: boolean;
}

/** Where a run's numbers come from: all that may change them, and what a reader wants to know of the machine. */
export interface Provenance {
  /** The version of norm-growth. */
  readonly normGrowth: string;
  readonly node: string;
  readonly v8: string;
  readonly arch: string;
  readonly platform: string;
  readonly codeFingerprint: string;
  readonly numericFingerprint: string;
  /** Null where the program is not its own checkout. */
  readonly git: GitState | null;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryBytes: number };
}

/** The program as it knows itself. */
export interface Program {
  readonly version: string;
  /** See codeFingerprint; asked for while git is at work. */
  codeFingerprint(): string;
  /** The folder of its package.json. */
  readonly packageDirectory: string;
}

/** The provenance of what this process computes. One run of git where the program is a checkout, else no process at all. */
export async function provenanceOf(program: Program): Promise<Provenance> {
  const git = gitState(program.packageDirectory);
  return {
    normGrowth: program.version,
    node: process.versions.node,
    v8: process.versions.v8,
    arch: process.arch,
    platform: process.platform,
    codeFingerprint: program.codeFingerprint(),
    numericFingerprint: numericFingerprint(),
    git: await git,
    machine: {
      cpu: visibleText(cpus()[0]?.model ?? 'unknown'),
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
  };
}

/**
 * The state of the checkout whose top is this folder; null if it is none, and if git is missing, fails or takes long.
 * Untracked files do not count.
 */
async function gitState(directory: string): Promise<GitState | null> {
  // Without this an installed package would report the commit of the project around its node_modules.
  if (!existsSync(join(directory, '.git'))) return null;
  // In a hook, git's own variables point at the repository that runs the hook.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const question = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--untracked-files=no'];
  try {
    const { stdout } = await promisify(execFile)('git', question, { cwd: directory, env, timeout: longestGitMs });
    const commit = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(stdout)?.[1];
    return commit === undefined ? null : { commit, isDirty: /^[^#]/m.test(stdout) };
  } catch {
    return null;
  }
}
