import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, localDisk } from '../../src/results/disk.ts';
import { type Journal, openJournal } from '../../src/results/journal.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { readAll } from './fixtures/read-all.ts';
import { sampleRecord, sampleRecords } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const manifestHash = 'a'.repeat(64);
/** What opening a new journal takes: open, header, sync, and the folder's open and sync. */
const openingOperations = 5;

async function newJournal(disk: Disk = localDisk): Promise<{ path: string; journal: Journal }> {
  const path = join(temporaryFolder(), 'run', 'journal.ndjson');
  await mkdir(dirname(path));
  const { end } = await readAll(path, manifestHash);
  return { path, journal: await openJournal(path, manifestHash, end, disk) };
}

describe('Journal', () => {
  it('has every record on the disk when flush resolves', async () => {
    const { path, journal } = await newJournal();
    for (const record of sampleRecords) journal.append(record);
    await journal.flush();
    expect((await readAll(path, manifestHash)).records).toEqual(sampleRecords);
    await journal.close();
  });

  it('writes nothing before append returns', async () => {
    const disk = faultyDisk(() => false, failing('EIO'));
    const { journal } = await newJournal(disk);
    for (let block = 0; block < 3000; block++) journal.append(sampleRecord(0, block));
    expect(disk.count).toBe(openingOperations);
    await journal.close();
  });

  it('writes what was appended together as one group', async () => {
    const disk = faultyDisk(() => false, failing('EIO'));
    const { journal } = await newJournal(disk);
    for (const record of sampleRecords) journal.append(record);
    await journal.flush();
    expect(disk.count).toBe(openingOperations + 2);
    await journal.close();
  });

  it('writes by itself, without a flush', async () => {
    let whenSynced = () => {};
    const synced = new Promise<void>((resolve) => {
      whenSynced = resolve;
    });
    const { path, journal } = await newJournal({
      ...localDisk,
      open: async (name, flags) => {
        const file = await localDisk.open(name, flags);
        return { ...file, datasync: () => file.datasync().then(whenSynced) };
      },
    });
    journal.append(sampleRecord(0, 0));
    await synced;
    expect((await readAll(path, manifestHash)).records).toEqual([sampleRecord(0, 0)]);
    await journal.close();
  });

  it('drops a block that is there already, also from before it was opened', async () => {
    const { path, journal } = await newJournal();
    journal.append(sampleRecord(0, 0));
    await journal.close();
    const before = await readFile(path);
    const reopened = await openJournal(path, manifestHash, (await readAll(path, manifestHash)).end, localDisk);
    reopened.append(sampleRecord(0, 0));
    await reopened.close();
    expect(await readFile(path)).toEqual(before);
  });

  it('refuses another summary of a block that is there already, and goes on', async () => {
    const { path, journal } = await newJournal();
    journal.append(sampleRecord(2, 3));
    expect(() => journal.append({ cell: 2, block: 3, summary: 0 })).toThrow(ResultsError);
    expect(() => journal.append({ cell: 2, block: 3, summary: 0 })).toThrow('block 3 of cell 2 came twice');
    journal.append(sampleRecord(2, 4));
    await journal.close();
    expect((await readAll(path, manifestHash)).records).toEqual([sampleRecord(2, 3), sampleRecord(2, 4)]);
  });

  it('refuses a summary that is not finite before anything of it is written', async () => {
    const { path, journal } = await newJournal();
    expect(() => journal.append({ cell: 0, block: 0, summary: { mean: Number.NaN } })).toThrow('at summary.mean');
    journal.append(sampleRecord(0, 0));
    await journal.close();
    expect((await readAll(path, manifestHash)).records).toEqual([sampleRecord(0, 0)]);
  });

  it.each([
    ['write', 1],
    ['sync', 2],
  ])('says so at flush, append and close after a failed %s', async (_what, operation) => {
    const disk = faultyDisk((count) => count === openingOperations + operation, failing('ENOSPC'));
    const { path, journal } = await newJournal(disk);
    journal.append(sampleRecord(0, 0));
    const message = `${path}: cannot write the journal (ENOSPC): the disk is full; free some space`;
    await expect(journal.flush()).rejects.toThrow(message);
    expect(() => journal.append(sampleRecord(0, 1))).toThrow(message);
    await expect(journal.flush()).rejects.toThrow(message);
    await expect(journal.close()).rejects.toThrow(message);
    await journal.close();
    expect(() => journal.append(sampleRecord(0, 1))).toThrow(message);
  });

  it('refuses to append once it is closed', async () => {
    const { journal } = await newJournal();
    await journal.close();
    expect(() => journal.append(sampleRecord(0, 0))).toThrow(TypeError);
    await expect(journal.flush()).rejects.toThrow('the journal is closed');
  });

  it('notices that its folder was removed', async () => {
    const { path, journal } = await newJournal();
    await rm(dirname(path), { recursive: true });
    journal.append(sampleRecord(0, 0));
    await expect(journal.flush()).rejects.toThrow('the folder was removed or moved while it was in use');
  });

  it('notices that another file took its name, even with nothing to write', async () => {
    const { path, journal } = await newJournal();
    const { journal: other, path: otherPath } = await newJournal();
    await rename(otherPath, path);
    await expect(journal.flush()).rejects.toThrow('the folder was removed or moved while it was in use');
    await other.close().catch(() => {});
  });
});
