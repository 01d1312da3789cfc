import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'norm-growth-sample-'));
const bin = join(project, 'bin');
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The sample project with the packed package in it, beside what the package depends on: nothing is fetched. */
beforeAll(() => {
  cpSync(join(root, 'test/fixtures/sample-project'), project, { recursive: true });
  // Not called .ts where it lies: the repository's own type check has no such package installed.
  renameSync(join(project, 'typed.ts.txt'), join(project, 'typed.ts'));
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: 'pipe' }));
  execFileSync('tar', ['-xzf', join(project, filename), '-C', project]);
  const installed = join(project, 'node_modules/norm-growth');
  mkdirSync(dirname(installed));
  renameSync(join(project, 'package'), installed);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) link(name);
  mkdirSync(bin);
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${installed}/dist/cli/main.js' "$@"\n`;
  writeFileSync(join(bin, 'norm-growth'), shim, { mode: 0o755 });
});

function link(name: string): void {
  const target = join(project, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), target);
}

/** Runs a command in the project, with `norm-growth` on its path. */
function run(command: string, ...words: string[]) {
  const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawnSync(command, words, { cwd: project, env, encoding: 'utf8' });
}

const nodeTest = (file: string) => run(process.execPath, '--test', '--test-reporter=tap', file);

describe('norm-growth/testing, installed from its tarball', () => {
  it('lets true assertions pass under node:test', () => {
    const { status, stdout } = nodeTest('true.test.mjs');
    expect([status, stdout.match(/^# pass \d+$/m)?.[0]]).toEqual([0, '# pass 6']);
  });

  it('fails a false one with the claim, numbers, rate, address, counterexample, and a command that shows it', () => {
    const { status, stdout } = nodeTest('false.test.mjs');
    expect(status).toBe(1);
    const line = (start: string) => stdout.match(new RegExp(`^ *${start}: (.*)$`, 'm'))?.[1] ?? `no ${start}`;
    expect(line('claim')).toBe('s″ ≥ s′ after every step of every pair');
    expect(line('measured')).toMatch(/^[\d,]+ of 10,000 pairs violated, [\d,]+ new violations; expected: none$/);
    expect(line('false-alarm rate')).toBe('0: one path is a proof');
    expect(line('seed')).toBe('1');
    expect(line('address')).toMatch(/^cell group [0-9a-f]{12} \(events, simd\), chunk \d+, pair \d+, step \d+$/);
    const twoSteps = /^s₀ = \S+; step 1: in the upper run alone, c = \S+; step 2: in both runs, c = \S+; then s′ = /;
    expect(line('counterexample')).toMatch(twoSteps);
    const step = line('address').match(/step (\d+)$/)![1];
    const replay = run('sh', '-c', line('replay'));
    expect([replay.status, replay.stderr]).toEqual([0, '']);
    expect(replay.stdout).toContain(`order first violated at step ${step} of 100`);
  });

  it.each(['nodenext', 'bundler'])('has types that hold under moduleResolution %s', (resolution) => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = run(process.execPath, tsc, '-p', `tsconfig.${resolution}.json`);
    expect([status, stdout]).toEqual([0, '']);
  });
});
