import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { localDisk } from '../../src/results/disk.ts';
import { lockFolder } from '../../src/results/lock.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { startWriter } from './fixtures/processes.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const [first, second] = [startWriter(), startWriter()];
afterAll(() => Promise.all([first.kill(), second.kill()]));

function writerOf(folder: string): { pid: number; host: string } {
  return JSON.parse(readFileSync(join(folder, 'writer.json'), 'utf8'));
}

describe('lockFolder', () => {
  it('refuses a second process and names the first, its host and what to do', async () => {
    const folder = temporaryFolder();
    expect(await first.ask(`lock ${folder}`)).toBe(`holds ${folder}`);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(ResultsError);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(
      new RegExp(
        `^${folder}: process ${first.pid} on ${hostname()}, since .* is writing to this folder; wait until it ends`,
      ),
    );
  });

  it('refuses a second lock of the same process too', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder, localDisk);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(`process ${process.pid} on`);
    await lock.release();
  });

  it('is free again after release, and leaves no writer behind', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder, localDisk);
    await lock.release();
    await lock.release();
    expect(existsSync(join(folder, 'writer.json'))).toBe(false);
    expect(await first.ask(`lock ${folder}`)).toBe(`holds ${folder}`);
  });

  it('is free the moment its holder is killed, whose writer.json is replaced', async () => {
    const folder = temporaryFolder();
    const victim = startWriter();
    expect(await victim.ask(`lock ${folder}`)).toBe(`holds ${folder}`);
    await victim.kill();
    expect(writerOf(folder).pid).toBe(victim.pid);
    const lock = await lockFolder(folder, localDisk);
    expect(writerOf(folder)).toMatchObject({ pid: process.pid, host: hostname() });
    await lock.release();
  });

  it('goes to exactly one of two processes that ask at the same moment, 20 times', async () => {
    for (let race = 0; race < 20; race++) {
      const folder = temporaryFolder();
      const answers = await Promise.all([first.ask(`lock ${folder}`), second.ask(`lock ${folder}`)]);
      expect(answers.filter((answer) => answer === `holds ${folder}`)).toHaveLength(1);
      expect(answers.filter((answer) => answer.startsWith(`refused ${folder}: `))).toHaveLength(1);
    }
  });

  it.each([
    ['a dead process', JSON.stringify({ host: hostname(), pid: 2 ** 30, since: '2026-01-01T00:00:00.000Z' })],
    ['escape codes', JSON.stringify({ host: '\u001b[31mred', pid: 1, since: '2026-01-01T00:00:00.000Z' })],
    ['damaged JSON', '{"pid":'],
    ['null', 'null'],
  ])('does not repeat a writer.json with %s', async (_what, text) => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder, localDisk);
    writeFileSync(join(folder, 'writer.json'), text);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(
      'another process, which has not yet said which, is writing',
    );
    await lock.release();
  });

  it('gives the lock back if it cannot write its name', async () => {
    const folder = temporaryFolder();
    const disk = faultyDisk((count) => count === 3, failing('ENOSPC'));
    await expect(lockFolder(folder, disk)).rejects.toThrow('writer.json: cannot write this file (ENOSPC)');
    expect(await first.ask(`lock ${folder}`)).toBe(`holds ${folder}`);
  });

  it('says what is wrong with a lock file that is none, and follows no link', async () => {
    const folder = temporaryFolder();
    const lock = join(folder, 'lock');
    writeFileSync(lock, 'not a database, but long enough to look like one. '.repeat(20));
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(
      `${lock}: is not the lock that it should be; nothing is kept in it: remove it`,
    );
    rmSync(lock);
    symlinkSync(join(folder, 'elsewhere'), lock);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(`${lock}: expected a regular file, got a link`);
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
    rmSync(lock);
    mkdirSync(lock);
    await expect(lockFolder(folder, localDisk)).rejects.toThrow(ResultsError);
  });

  it('says so if the folder is not there', async () => {
    await expect(lockFolder(join(temporaryFolder(), 'missing'), localDisk)).rejects.toThrow(
      'cannot lock the folder (ENOENT)',
    );
  });
});
