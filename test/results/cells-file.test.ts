import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellsFileWriter, readCellsFile } from '../../src/results/cells-file.ts';
import { type Disk, localDisk } from '../../src/results/disk.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { collect } from './fixtures/collect.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

async function written(order: readonly number[], failed: readonly number[] = []) {
  const path = join(temporaryFolder(), 'cells.ndjson');
  const writer = await CellsFileWriter.open(path, localDisk);
  for (const index of order) await writer.add(index, failed.includes(index) ? null : { index, text: `cell ${index}` });
  return { path, facts: await writer.finish() };
}

describe('the file of very many cells', () => {
  it('has them in the order of the plan, whatever order they come in, and none that failed', async () => {
    const order = fc.shuffledSubarray([...Array(40).keys()], { minLength: 40 });
    await fc.assert(
      fc.asyncProperty(order, fc.subarray([3, 17, 39]), async (came, failed) => {
        const { path, facts } = await written(came, failed);
        const cells = (await collect(readCellsFile(path, facts))) as { index: number }[];
        expect(cells.map(({ index }) => index)).toEqual(
          [...Array(40).keys()].filter((index) => !failed.includes(index)),
        );
        expect(facts.count).toBe(40 - failed.length);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('has its name only when it is whole, and refuses to end with a gap', async () => {
    const folder = temporaryFolder();
    const writer = await CellsFileWriter.open(join(folder, 'cells.ndjson'), localDisk);
    await writer.add(1, { index: 1 });
    expect(readdirSync(folder)).toEqual(['cells.ndjson.tmp']);
    await expect(writer.finish()).rejects.toThrow('cell 0 is missing');
    await writer.abandon();
    const again = await CellsFileWriter.open(join(folder, 'cells.ndjson'), localDisk);
    await again.add(0, { index: 0 });
    await again.finish();
    expect(readdirSync(folder)).toEqual(['cells.ndjson']);
    expect(readFileSync(join(folder, 'cells.ndjson'), 'utf8')).toBe('{"index":0}\n');
  });

  it('lets cells wait in a file for one that is slow, with long lines and after a kill, and leaves nothing of it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'cells.ndjson');
    writeFileSync(`${path}.waiting.tmp`, 'of a process that was killed');
    const writer = await CellsFileWriter.open(path, localDisk);
    // Together some times what is held, of several bytes a character, and one longer than what is read at once.
    const cell = (index: number) => ({ index, text: `${index} ‖q‖ `.repeat(index === 700 ? 400_000 : 3000) });
    const count = 900;
    for (let index = 1; index < count; index += 2) await writer.add(index, index === 301 ? null : cell(index));
    expect(statSync(`${path}.waiting.tmp`).size).toBeGreaterThan(2e6);
    await writer.add(0, cell(0));
    for (let index = count - 2; index > 0; index -= 2) await writer.add(index, cell(index));
    const facts = await writer.finish();
    expect(readdirSync(folder)).toEqual(['cells.ndjson']);
    let next = 0;
    for await (const found of readCellsFile(path, facts)) {
      if (next === 301) next += 1;
      expect(isDeepStrictEqual(found, cell(next))).toBe(true);
      next += 1;
    }
    expect(next).toBe(count);
  });

  it('leaves nothing of a process that was killed, although no cell waits', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'cells.ndjson');
    for (const name of ['tmp', 'waiting.tmp']) writeFileSync(`${path}.${name}`, 'of a process that was killed');
    const writer = await CellsFileWriter.open(path, localDisk);
    await writer.add(0, { index: 0 });
    await writer.finish();
    expect(readdirSync(folder)).toEqual(['cells.ndjson']);
  });

  it('holds a few megabytes of what waits, however much that is', async () => {
    const path = join(temporaryFolder(), 'cells.ndjson');
    const writer = await CellsFileWriter.open(path, localDisk);
    const text = 'x'.repeat(2000);
    const held: number[] = [];
    for (let index = 1; index <= 10_000; index++) {
      await writer.add(index, { index, text });
      if (index % 5000 === 0) held.push(2000 * index - statSync(`${path}.waiting.tmp`).size);
    }
    for (const characters of held) expect(characters).toBeLessThan(10e6);
    await writer.add(0, { index: 0, text });
    expect((await writer.finish()).count).toBe(10_001);
  });

  it('says that the disk refuses what waits', async () => {
    const folder = temporaryFolder();
    const full: Disk = {
      ...localDisk,
      open: async (path, flags) => {
        if (path.endsWith('.waiting.tmp')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return localDisk.open(path, flags);
      },
    };
    const writer = await CellsFileWriter.open(join(folder, 'cells.ndjson'), full);
    const adding = async () => {
      for (let index = 1; index < 20; index++) await writer.add(index, { index, text: 'x'.repeat(2 ** 20) });
    };
    await expect(adding()).rejects.toThrow(
      /cells\.ndjson\.waiting\.tmp: cannot write this file \(ENOSPC\): the disk is full/,
    );
    await writer.abandon();
  });

  it('says that the disk refuses', async () => {
    const full: Disk = {
      ...localDisk,
      open: async (path, flags) => ({
        ...(await localDisk.open(path, flags)),
        write: async () => {
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        },
      }),
    };
    const writer = await CellsFileWriter.open(join(temporaryFolder(), 'cells.ndjson'), full);
    await writer.add(0, { index: 0 });
    await expect(writer.finish()).rejects.toThrow(ResultsError);
    await writer.abandon();
  });

  it.each<[string, (text: string) => string | null]>([
    ['is missing', () => null],
    ['line 2 is no JSON', (text) => text.replace('{"index":1', '{"index:1')],
    ['is not as the run wrote it', (text) => text.replace('cell 2', 'cell 3')],
    ['is not as the run wrote it', (text) => text.slice(0, text.lastIndexOf('{'))],
    ['is not as the run wrote it', (text) => `${text}{"index":5,"text":"cell 5"}\n`],
  ])('%s: is refused when it was changed', async (message, change) => {
    const { path, facts } = await written([0, 1, 2, 3, 4]);
    const changed = change(readFileSync(path, 'utf8'));
    const place = changed === null ? join(temporaryFolder(), 'none') : path;
    if (changed !== null) writeFileSync(path, changed);
    await expect(collect(readCellsFile(place, facts))).rejects.toThrow(message);
  });
});
