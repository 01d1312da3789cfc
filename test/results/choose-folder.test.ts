import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseFolder } from '../../src/results/choose-folder.ts';
import { localDisk } from '../../src/results/disk.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const id = '0123456789ab';

function choose(resultsDirectory: string, fresh = false, name = 'run', disk = localDisk) {
  return chooseFolder({ resultsDirectory, name, id, fresh }, disk);
}

describe('chooseFolder', () => {
  it('makes the results folder and its parents', async () => {
    const results = join(temporaryFolder(), 'deep', 'results');
    expect(await choose(results)).toEqual({ path: join(results, `run--${id}`), earlier: 0 });
    expect(readdirSync(results)).toEqual([`run--${id}`]);
  });

  it('numbers fresh folders from 2 on, and takes the newest otherwise', async () => {
    const results = temporaryFolder();
    const names: string[] = [];
    for (let time = 1; time <= 11; time++) names.push((await choose(results, true)).path.slice(results.length + 1));
    expect(names).toEqual([`run--${id}`, ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((number) => `run--${id}.${number}`)]);
    expect(await choose(results)).toEqual({ path: join(results, `run--${id}.11`), earlier: 10 });
  });

  it('looks at no other entry', async () => {
    const results = temporaryFolder();
    for (const name of [
      `run--${id}.1`,
      `run--${id}.02`,
      `run--${id}.x`,
      `run--${id}0`,
      `other--${id}.7`,
      `run--ffffffffffff.9`,
    ]) {
      mkdirSync(join(results, name));
    }
    expect(await choose(results, true)).toEqual({ path: join(results, `run--${id}`), earlier: 0 });
  });

  it('gives every one of 20 simultaneous fresh calls a folder of its own', async () => {
    const results = temporaryFolder();
    const chosen = await Promise.all(Array.from({ length: 20 }, () => choose(results, true)));
    expect(new Set(chosen.map(({ path }) => path)).size).toBe(20);
  });

  it.each(['', '../x', '/x', 'a/b', '.hidden', '-x', 'A', 'é', 'a b', 'a\0', 'a\n', 'x'.repeat(65)])(
    'refuses the name %j before anything is made',
    async (name) => {
      const results = join(temporaryFolder(), 'results');
      await expect(choose(results, false, name)).rejects.toThrow(`${JSON.stringify(name)} cannot name a run folder`);
      expect(() => readdirSync(results)).toThrow('ENOENT');
    },
  );

  it.each(['a', '0', 'a--b', 'a.b_c-d', 'x'.repeat(64)])('takes the name %j', async (name) => {
    const results = temporaryFolder();
    await choose(results, false, name);
    expect(await choose(results, false, name)).toMatchObject({ path: join(results, `${name}--${id}`) });
  });

  it('refuses a link and a file in the place of the folder', async () => {
    const results = temporaryFolder();
    symlinkSync(temporaryFolder(), join(results, `run--${id}`));
    await expect(choose(results)).rejects.toThrow('expected a run folder, got a link');
    writeFileSync(join(results, `run--${id}.2`), '');
    await expect(choose(results)).rejects.toThrow('expected a run folder, got a file; move it away');
  });

  it.each([
    [1, 'EACCES', 'cannot make this folder (EACCES): it cannot be written; choose another results folder'],
    [2, 'EROFS', 'cannot make this folder (EROFS): it cannot be written; choose another results folder'],
    [2, 'ENOSPC', 'cannot make this folder (ENOSPC): the disk is full'],
    [4, 'EIO', 'cannot write to this folder (EIO): the disk failed'],
  ])('says so if operation %d fails with %s', async (operation, code, message) => {
    const results = join(temporaryFolder(), 'results');
    const disk = faultyDisk((count) => count === operation, failing(code));
    await expect(choose(results, false, 'run', disk)).rejects.toThrow(message);
    await expect(choose(results, false, 'run', disk)).resolves.toMatchObject({ path: join(results, `run--${id}`) });
  });

  it('refuses an empty results folder', async () => {
    await expect(choose('')).rejects.toThrow(ResultsError);
    await expect(choose('')).rejects.toThrow('expected the path of a results folder, got an empty one');
  });

  it.runIf(existsSync('/proc/self'))('does not hang where a parent takes no folders', async () => {
    const error = await choose('/proc/norm-growth/deep').catch((error) => error);
    expect(error).toBeInstanceOf(ResultsError);
    expect(error.message).toMatch(/^\/proc\/norm-growth\/deep: cannot make this folder \(E[A-Z]+\): .*choose another/);
  });

  it('lets 20 simultaneous calls make the same deep results folder at once', async () => {
    const results = join(temporaryFolder(), 'a', 'b', 'c');
    const chosen = await Promise.all(Array.from({ length: 20 }, () => choose(results)));
    expect(new Set(chosen.map(({ path }) => path)).size).toBe(1);
  });

  it('names a results folder that is a file', async () => {
    const results = join(temporaryFolder(), 'results');
    writeFileSync(results, '');
    await expect(choose(results)).rejects.toThrow(ResultsError);
    await expect(choose(results)).rejects.toThrow(
      `${results}: cannot list this folder (ENOTDIR): a part of this path is a file`,
    );
  });
});
