import { cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFingerprint } from '../../src/results/code-fingerprint.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

function program(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'maths'));
  mkdirSync(join(folder, 'kernels'));
  writeFileSync(join(folder, 'index.js'), 'export {};\n');
  writeFileSync(join(folder, 'maths', 'sum.ts'), 'sum');
  writeFileSync(join(folder, 'kernels', 'step.wasm'), new Uint8Array([0, 97, 115, 109]));
  return folder;
}

describe('codeFingerprint', () => {
  it('is the same for the same files elsewhere, and has 64 digits', () => {
    const copy = join(temporaryFolder(), 'copy');
    cpSync(program(), copy, { recursive: true });
    expect(codeFingerprint(copy)).toBe(codeFingerprint(program()));
    expect(codeFingerprint(copy)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['an edit', (folder: string) => writeFileSync(join(folder, 'maths', 'sum.ts'), 'sun')],
    ['a new name', (folder: string) => renameSync(join(folder, 'index.js'), join(folder, 'indes.js'))],
    ['a new place', (folder: string) => renameSync(join(folder, 'index.js'), join(folder, 'maths', 'index.js'))],
    ['another kernel', (folder: string) => writeFileSync(join(folder, 'kernels', 'step.wasm'), 'x')],
    ['a new panel', (folder: string) => writeFileSync(join(folder, 'panel.tsx'), '')],
  ])('changes with %s', (_what, change) => {
    const folder = program();
    const before = codeFingerprint(folder);
    change(folder);
    expect(codeFingerprint(folder)).not.toBe(before);
  });

  it('does not change with declarations, source maps, notes, dependencies and links', () => {
    const folder = program();
    const before = codeFingerprint(folder);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync('index.js', join(folder, 'link.js'));
    for (const name of ['index.d.ts', 'index.js.map', 'notes.md', 'data.json', 'node_modules/a.js']) {
      writeFileSync(join(folder, name), 'x');
    }
    expect(codeFingerprint(folder)).toBe(before);
  });
});
