import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/random/canonical-json.ts';
import { localDisk } from '../../src/results/disk.ts';
import { journalLine } from '../../src/results/journal-line.ts';
import { openRunFolder } from '../../src/results/open-run-folder.ts';
import { packJournal } from '../../src/results/pack-journal.ts';
import { readJournal } from '../../src/results/read-journal.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { readAll } from './fixtures/read-all.ts';
import { runSample, sampleRecord, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const manifestHash = 'a'.repeat(64);
const records = Array.from({ length: 40 }, (_, block) => sampleRecord(0, block));
const whole = [{ format: 1, manifest: manifestHash }, ...records]
  .map((line) => journalLine(canonicalJson(line)))
  .join('');

function plainJournal(): string {
  const path = join(temporaryFolder(), 'journal.ndjson');
  writeFileSync(path, whole);
  return path;
}

async function packedJournal(): Promise<{ path: string; packed: string }> {
  const path = plainJournal();
  await packJournal(path, localDisk, 0);
  return { path, packed: `${path}.zst` };
}

describe('packJournal', () => {
  it('leaves one file, smaller, from which every byte and record comes back', async () => {
    const { path, packed } = await packedJournal();
    expect(readdirSync(join(path, '..'))).toEqual(['journal.ndjson.zst']);
    expect(readFileSync(packed).length).toBeLessThan(whole.length / 2);
    expect(zstdDecompressSync(readFileSync(packed)).toString()).toBe(whole);
    const read = await readAll(path, manifestHash);
    expect(read.records).toEqual(records);
    expect(read.end).toMatchObject({ goodBytes: whole.length, goodLines: 41, tail: null, ledger: { size: 40 } });
  });

  it('leaves a short journal as it is, and a missing one', async () => {
    const path = plainJournal();
    await packJournal(path, localDisk);
    expect(readFileSync(path, 'utf8')).toBe(whole);
    await packJournal(join(path, '..', 'none'), localDisk);
  });

  it('can be followed from where a reader of the plain journal has come to', async () => {
    const path = plainJournal();
    const half = whole.slice(0, whole.length / 2).lastIndexOf('\n') + 1;
    const { records: before, end } = await readAll(path, manifestHash, half);
    await packJournal(path, localDisk, 0);
    const after: unknown[] = [];
    for await (const record of readJournal(path, manifestHash, { after: end })) after.push(record);
    expect(before.length).toBeGreaterThan(10);
    expect([...before, ...after]).toEqual(records);
  });

  it.each([
    ['EIO', (count: number, from: number) => count === from],
    ['ENOSPC', (count: number, from: number) => count >= from],
  ])('%s at any operation leaves a journal with every record, and a clear error', async (code, isFaulty) => {
    const sound = faultyDisk(() => false, failing(code));
    await packJournal(plainJournal(), sound, 0);
    expect(sound.count).toBeGreaterThan(5);
    for (let operation = 1; operation <= sound.count; operation++) {
      const path = plainJournal();
      const disk = faultyDisk((count) => isFaulty(count, operation), failing(code));
      await expect(packJournal(path, disk, 0)).rejects.toThrow(`${path}: cannot pack the journal (${code})`);
      expect((await readAll(path, manifestHash)).records).toEqual(records);
    }
  });
});

describe('a packed journal that was changed', () => {
  it('is refused wherever it is cut', async () => {
    const { path, packed } = await packedJournal();
    const bytes = readFileSync(packed);
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(packed, bytes.subarray(0, length));
      await expect(readAll(path, manifestHash), `cut at ${length}`).rejects.toThrow(`${packed}: is damaged`);
    }
  });

  it.each([
    ['text', 'hello\n'],
    ['zeros', Buffer.alloc(100)],
  ])('is refused with %s behind it', async (_what, garbage) => {
    const { path, packed } = await packedJournal();
    writeFileSync(packed, Buffer.concat([readFileSync(packed), Buffer.from(garbage)]));
    await expect(readAll(path, manifestHash)).rejects.toThrow(
      `${packed}: is damaged (${garbage.length} bytes stand behind its end)`,
    );
  });
});

describe('the folder of a run with a packed journal', () => {
  it('is refused without its summary, and resumes once the journal is unpacked', async () => {
    const request = sampleRequest(temporaryFolder());
    const { path } = await runSample(request);
    const journal = join(path, 'journal.ndjson');
    const summary = readFileSync(join(path, 'summary.json'));
    await packJournal(journal, localDisk, 0);
    expect((await openRunFolder(request)).status).toBe('finished');
    rmSync(join(path, 'summary.json'));
    await expect(openRunFolder(request)).rejects.toThrow('unpack the journal (zstd -d --rm journal.ndjson.zst)');
    expect(existsSync(journal)).toBe(false);

    writeFileSync(journal, zstdDecompressSync(readFileSync(`${journal}.zst`)));
    rmSync(`${journal}.zst`);
    await runSample(request);
    expect(readFileSync(join(path, 'summary.json'))).toEqual(summary);
  });
});
