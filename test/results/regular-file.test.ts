import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegular } from '../../src/results/regular-file.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

describe('readRegular', () => {
  it('gives the text of a file, and null where there is none', async () => {
    const path = join(temporaryFolder(), 'file');
    expect(await readRegular(path)).toBeNull();
    writeFileSync(path, 'é\n');
    expect(await readRegular(path)).toBe('é\n');
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link to a file', (path: string) => symlinkSync(import.meta.filename, path)],
    ['a link to nothing', (path: string) => symlinkSync(`${path}.target`, path)],
    ['a fifo that nobody writes to', (path: string) => execFileSync('mkfifo', [path])],
  ])('refuses %s', async (_what, make) => {
    const path = join(temporaryFolder(), 'file');
    make(path);
    await expect(readRegular(path)).rejects.toThrow(`${path}: expected a regular file`);
  });

  it('refuses a file larger than any run writes, without reading it', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 33);
    await expect(readRegular(path)).rejects.toThrow(`${path}: 8589934592 bytes are more`);
  });

  it('says where a path leads through a file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    await expect(readRegular(join(path, 'file'))).rejects.toThrow(
      'a part of this path is a file where a folder is needed',
    );
  });
});
