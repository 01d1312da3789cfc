import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookForRun } from '../../src/results/look-for-run.ts';
import { openRunFolder } from '../../src/results/open-run-folder.ts';
import { runSample, sampleProvenance, sampleRecords, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

it('finds nothing where nothing was begun, and makes nothing', async () => {
  const resultsDirectory = join(temporaryFolder(), 'results');
  const found = await lookForRun(sampleRequest(resultsDirectory));
  expect(found).toEqual({ status: 'new', path: null, chunks: new Map(), obstacle: null });
  expect(readdirSync(join(resultsDirectory, '..'))).toEqual([]);
});

it('counts the chunks of an unfinished run cell by cell, while another process may hold it, and leaves it as it was', async () => {
  const request = sampleRequest(temporaryFolder());
  const folder = await openRunFolder(request);
  for (const record of sampleRecords.slice(0, 3)) folder.append(record);
  await folder.flush();
  const before = readdirSync(folder.path);
  const found = await lookForRun(request);
  expect(found).toMatchObject({ status: 'unfinished', path: folder.path, obstacle: null });
  expect([...found.chunks.values()].reduce((sum, count) => sum + count, 0)).toBe(3);
  for (const [cell, count] of found.chunks) {
    expect(sampleRecords.slice(0, 3).filter((record) => record.cell === cell).length).toBe(count);
  }
  expect(readdirSync(folder.path)).toEqual(before);
  await folder.close();
});

it('tells a finished run, and that --fresh would not use it', async () => {
  const request = sampleRequest(temporaryFolder());
  await runSample(request);
  expect(await lookForRun(request)).toMatchObject({ status: 'finished', obstacle: null });
  expect(await lookForRun({ ...request, fresh: true })).toMatchObject({ status: 'new', path: null });
});

it('says why an unfinished run cannot be gone on with', async () => {
  const request = sampleRequest(temporaryFolder());
  const folder = await openRunFolder(request);
  await folder.close();
  const other = { ...request, provenance: { ...sampleProvenance, codeFingerprint: 'another' } };
  expect((await lookForRun(other)).obstacle).toMatch(
    /^provenance\.codeFingerprint was ".*" when the run began and is "another" now$/,
  );
});

it('refuses a link in the place of the folder', async () => {
  const request = sampleRequest(temporaryFolder());
  const target = temporaryFolder();
  writeFileSync(join(target, 'x'), '');
  symlinkSync(target, join(request.resultsDirectory, `sample--${request.id}`));
  await expect(lookForRun(request)).rejects.toThrow('expected a run folder, got a link');
});
