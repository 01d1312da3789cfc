import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '../../src/random/canonical-json.ts';
import { provenanceOf } from '../../src/results/provenance.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
afterEach(() => vi.unstubAllEnvs());

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

function checkout(): { folder: string; commit: string } {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet');
  writeFileSync(join(folder, 'package.json'), '{}');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'start');
  return { folder, commit: git(folder, 'rev-parse', 'HEAD') };
}

async function gitOf(packageDirectory: string) {
  return (await provenanceOf({ version: '0.1.0', codeFingerprint: () => 'c', packageDirectory })).git;
}

describe('provenanceOf', () => {
  it('names versions, machine and both fingerprints, and is JSON', async () => {
    const provenance = await provenanceOf({
      version: '0.1.0',
      codeFingerprint: () => 'c',
      packageDirectory: temporaryFolder(),
    });
    expect(provenance).toMatchObject({
      normGrowth: '0.1.0',
      node: process.versions.node,
      v8: process.versions.v8,
      arch: process.arch,
      platform: process.platform,
      codeFingerprint: 'c',
      numericFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(provenance.machine.cores).toBeGreaterThanOrEqual(1);
    expect(provenance.machine.memoryBytes).toBeGreaterThan(2 ** 20);
    expect(JSON.parse(canonicalJson(provenance))).toEqual(provenance);
  });

  it('tells a clean checkout from an edited one; untracked files do not count', async () => {
    const { folder, commit } = checkout();
    writeFileSync(join(folder, 'notes.txt'), '');
    expect(await gitOf(folder)).toEqual({ commit, isDirty: false });
    writeFileSync(join(folder, 'package.json'), '{"edited":true}');
    expect(await gitOf(folder)).toEqual({ commit, isDirty: true });
  });

  it('does not take the commit of a project around it', async () => {
    const { folder } = checkout();
    mkdirSync(join(folder, 'inner'));
    expect(await gitOf(join(folder, 'inner'))).toBeNull();
  });

  it('has no commit before the first one, in a damaged checkout, and without git', async () => {
    const empty = temporaryFolder();
    git(empty, 'init', '--quiet');
    expect(await gitOf(empty)).toBeNull();
    const damaged = temporaryFolder();
    writeFileSync(join(damaged, '.git'), 'gitdir: nowhere');
    expect(await gitOf(damaged)).toBeNull();
    const { folder } = checkout();
    vi.stubEnv('PATH', temporaryFolder());
    expect(await gitOf(folder)).toBeNull();
  });

  it('is not misled by the variables of a git hook', async () => {
    const { folder, commit } = checkout();
    vi.stubEnv('GIT_DIR', join(checkout().folder, '.git'));
    expect(await gitOf(folder)).toEqual({ commit, isDirty: false });
  });
});
