import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/random/canonical-json.ts';
import { localDisk } from '../../src/results/disk.ts';
import { openJournal } from '../../src/results/journal.ts';
import { journalLine } from '../../src/results/journal-line.ts';
import { readAll } from './fixtures/read-all.ts';
import { sampleRecord } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const manifestHash = 'a'.repeat(64);
const sampleRecords = [0, 1, 2, 3, 4].map((block) => sampleRecord(block % 2, block));
const header = journalLine(canonicalJson({ format: 1, manifest: manifestHash }));
const lines = sampleRecords.map((record) => journalLine(canonicalJson(record)));
const whole = Buffer.from(header + lines.join(''));

function journalOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'journal.ndjson');
  writeFileSync(path, content);
  return path;
}

describe('readJournal', () => {
  it('reads back every record in file order', async () => {
    const { records, end } = await readAll(journalOf(whole), manifestHash);
    expect(records).toEqual(sampleRecords);
    expect(end).toMatchObject({ goodBytes: whole.length, tail: null, ledger: { size: sampleRecords.length } });
  });

  it('takes a missing file for an empty journal', async () => {
    const { records, end } = await readAll(join(temporaryFolder(), 'journal.ndjson'), manifestHash);
    expect({ records, goodBytes: end.goodBytes, tail: end.tail }).toEqual({ records: [], goodBytes: 0, tail: null });
  });

  it('finds the whole lines of a file cut at any byte, and appending to it continues after them', async () => {
    const path = journalOf(whole);
    for (let length = whole.length; length >= 0; length--) {
      truncateSync(path, length);
      const { records, end } = await readAll(path, manifestHash);
      const lastNewline = whole.subarray(0, length).lastIndexOf('\n') + 1;
      expect([end.goodBytes, end.tail?.bytes ?? 0]).toEqual([lastNewline, length - lastNewline]);
      expect(records).toEqual(sampleRecords.slice(0, records.length));
      expect(Math.max(lastNewline, header.length)).toBe((header + lines.slice(0, records.length).join('')).length);

      const journal = await openJournal(path, manifestHash, end, localDisk);
      for (const record of sampleRecords.slice(records.length)) journal.append(record);
      await journal.close();
      expect(readFileSync(path)).toEqual(whole);
    }
  });

  it('refuses a damaged line before a good one by file, line, byte and remedy', async () => {
    const path = journalOf(`${header}${lines[0]}${lines[1].replace('0', '1')}${lines[2]}`);
    const offset = header.length + lines[0].length;
    await expect(readAll(path, manifestHash)).rejects.toThrow(
      `${path}:3: the line at byte ${offset} is damaged, yet line 4 after it is good; restore the file, or run with --fresh`,
    );
  });

  it('refuses a lost line break between two records', async () => {
    const path = journalOf(`${header}${lines[0].trimEnd()}${lines[1]}${lines[2]}`);
    await expect(readAll(path, manifestHash)).rejects.toThrow(`:2: the line at byte ${header.length} is damaged`);
  });

  it('refuses the header of another manifest', async () => {
    await expect(readAll(journalOf(whole), 'b'.repeat(64))).rejects.toThrow(
      ':1: the line at byte 0 belongs to another',
    );
  });

  it.each([
    ['another format', journalLine(canonicalJson({ format: 2, manifest: manifestHash }))],
    ['no header', lines[0]],
    ['a header that is null', journalLine('null')],
  ])('refuses a journal that starts with %s', async (_what, first) => {
    await expect(readAll(journalOf(first + lines[0]), manifestHash)).rejects.toThrow('is not the header of a journal');
  });

  it.each([
    ['{"block":-1,"cell":0,"summary":0}', 'is no record of a block'],
    ['{"block":0,"cell":0.5,"summary":0}', 'is no record of a block'],
    ['{"block":0,"cell":9007199254740992,"summary":0}', 'is no record of a block'],
    ['{"block":0,"cell":0}', 'is no record of a block'],
    ['null', 'is no record of a block'],
    ['{"block":0', 'is not JSON'],
  ])('refuses %s with a good checksum, even at the end', async (json, problem) => {
    const path = journalOf(header + journalLine(json));
    await expect(readAll(path, manifestHash)).rejects.toThrow(
      `:2: the line at byte ${header.length} has a good checksum but ${problem}`,
    );
  });

  it('gives a block once that is there twice, byte for byte', async () => {
    const { records } = await readAll(journalOf(header + lines[0] + lines[1] + lines[0]), manifestHash);
    expect(records).toEqual(sampleRecords.slice(0, 2));
  });

  it('refuses a block that is there twice with different summaries', async () => {
    const other = journalLine(canonicalJson({ cell: 0, block: 0, summary: null }));
    const path = journalOf(header + lines[0] + lines[1] + other);
    await expect(readAll(path, manifestHash)).rejects.toThrow(':4: the line at byte');
    await expect(readAll(path, manifestHash)).rejects.toThrow('block 0 of cell 0 is there twice, and not the same');
  });
});
