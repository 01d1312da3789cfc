import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localDisk } from '../../src/results/disk.ts';
import { writeDurably } from '../../src/results/durable-file.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

describe('writeDurably', () => {
  it('leaves the file and nothing beside it', async () => {
    const folder = temporaryFolder();
    await writeDurably(join(folder, 'file'), 'new', localDisk);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
  });

  it('leaves the old text or the new one, whichever operation fails, and works the next time', async () => {
    const path = join(temporaryFolder(), 'file');
    const count = { old: 0, new: 0 };
    for (let operation = 1; operation <= 7; operation++) {
      writeFileSync(path, 'old');
      const disk = faultyDisk((number) => number === operation, failing('ENOSPC'));
      await expect(writeDurably(path, 'new', disk)).rejects.toThrow(
        `${path}: cannot write this file (ENOSPC): the disk is full`,
      );
      count[readFileSync(path, 'utf8') as 'old' | 'new']++;
      await writeDurably(path, 'newer', localDisk);
      expect(readFileSync(path, 'utf8')).toBe('newer');
    }
    expect(count).toEqual({ old: 5, new: 2 });
  });

  it('does not write through a link that has the name beside it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'precious'), 'kept');
    symlinkSync(join(folder, 'precious'), join(folder, 'file.tmp'));
    await writeDurably(join(folder, 'file'), 'new', localDisk);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
  });
});
