import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/random/canonical-json.ts';
import { type FollowedRecord, followJournal } from '../../src/results/follow-journal.ts';
import { journalLine } from '../../src/results/journal-line.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { sampleRecord } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const manifestHash = 'a'.repeat(64);
const records = [0, 1, 2, 3].map((block) => sampleRecord(0, block));
const header = journalLine(canonicalJson({ format: 1, manifest: manifestHash }));
const lines = records.map((record) => journalLine(canonicalJson(record)));

/**
 * Follows a journal that begins with some text; what is to happen between two looks is done in turn, and the run is over
 * after the last of it.
 */
async function followed(start: string, between: readonly ((path: string) => void)[]): Promise<FollowedRecord[]> {
  const path = join(temporaryFolder(), 'journal.ndjson');
  writeFileSync(path, start);
  let look = -1;
  const isOver = async () => {
    look += 1;
    if (look > 0) between[look - 1](path);
    return look === between.length;
  };
  const found: FollowedRecord[] = [];
  const { signal } = new AbortController();
  for await (const record of followJournal(path, manifestHash, { isOver, signal })) found.push(record);
  return found;
}

describe('followJournal', () => {
  it('gives what was there as old and what comes as new, each record once and in order', async () => {
    const found = await followed(header + lines[0], [
      (path) => appendFileSync(path, lines[1] + lines[2]),
      () => {},
      (path) => appendFileSync(path, lines[3]),
    ]);
    expect(found.map(({ record }) => record)).toEqual(records);
    expect(found.map(({ isOld }) => isOld)).toEqual([true, false, false, false]);
  });

  it('waits for the rest of a line that is not yet whole, and of the header', async () => {
    const half = lines[0].length >> 1;
    const found = await followed(header.slice(0, 20), [
      (path) => appendFileSync(path, header.slice(20) + lines[0].slice(0, half)),
      (path) => appendFileSync(path, lines[0].slice(half)),
    ]);
    expect(found.map(({ record }) => record)).toEqual([records[0]]);
  });

  it('refuses what was changed behind its back, as a reader does', async () => {
    const damaged = lines[1].replace('"block":1', '"block":7');
    await expect(followed(header + lines[0], [(path) => appendFileSync(path, damaged + lines[2])])).rejects.toThrow(
      ResultsError,
    );
  });

  it('ends at a signal, before the run is over', async () => {
    const path = join(temporaryFolder(), 'journal.ndjson');
    writeFileSync(path, header + lines[0]);
    const controller = new AbortController();
    const found: FollowedRecord[] = [];
    const isOver = async () => false;
    for await (const record of followJournal(path, manifestHash, { isOver, signal: controller.signal })) {
      found.push(record);
      controller.abort();
    }
    expect(found).toHaveLength(1);
  });
});
