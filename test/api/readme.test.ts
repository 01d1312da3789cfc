import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const section = /^## In scripts$([\s\S]*?)^## /m.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
const examples = [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

/** A project beside this one that has the package installed. */
const project = mkdtempSync(join(tmpdir(), 'norm-growth-readme-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));
mkdirSync(join(project, 'node_modules'));
symlinkSync(root, join(project, 'node_modules/norm-growth'));
writeFileSync(join(project, 'package.json'), '{"type": "module"}');
examples.forEach((code, index) => {
  writeFileSync(join(project, `example-${index}.ts`), code);
});

describe('the examples of the README', () => {
  it('are there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(examples.map((code, index) => [code.split('\n').find((line) => line.startsWith('import')), index]))(
    'run: %s (%i)',
    (_, index) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [`example-${index}.ts`], {
        cwd: project,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).not.toMatch(/NaN|undefined|failed/);
    },
  );

  it('have the types that they say', () => {
    const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--skipLibCheck'];
    const files = examples.map((_, index) => `example-${index}.ts`);
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { status, stdout } = spawnSync(
      tsc,
      [...options, '--types', 'node', '--typeRoots', join(root, 'node_modules/@types'), ...files],
      { cwd: project, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, '']);
  });
});
