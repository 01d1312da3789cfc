import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRunFolder } from '../../src/results/open-run-folder.ts';
import { listRuns, readRun } from '../../src/results/read-run.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { runSample, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

describe('attach', () => {
  it('puts files beside the run, which is read, listed and resumed as before', async () => {
    const request = sampleRequest(temporaryFolder());
    const folder = await openRunFolder(request);
    await folder.attach('pictures/a.svg', 'one');
    await folder.attach('pictures/b.svg', 'two');
    await folder.attach('pictures/b.svg', 'three');
    await folder.close();
    expect(readdirSync(join(folder.path, 'pictures')).sort()).toEqual(['a.svg', 'b.svg']);
    expect(readFileSync(join(folder.path, 'pictures/b.svg'), 'utf8')).toBe('three');
    expect((await readRun(folder.path)).status).toBe('unfinished');
    const { path } = await runSample(request);
    expect(path).toBe(folder.path);
    expect(await listRuns(request.resultsDirectory)).toMatchObject([{ path, status: 'finished' }]);
  });

  it.each(['a.svg', '../a.svg', 'pictures/../a.svg', '/etc/a', 'pictures/.a', 'a/b/c'])('refuses %j', async (name) => {
    const folder = await openRunFolder(sampleRequest(temporaryFolder()));
    await expect(folder.attach(name, '')).rejects.toThrow(RangeError);
    await folder.close();
  });

  it('follows no link out of the run folder, and writes into no file', async () => {
    const outside = temporaryFolder();
    const folder = await openRunFolder(sampleRequest(temporaryFolder()));
    symlinkSync(outside, join(folder.path, 'linked'));
    writeFileSync(join(folder.path, 'file'), '');
    mkdirSync(join(folder.path, 'taken'));
    mkdirSync(join(folder.path, 'taken/a.svg'));
    for (const name of ['linked/a.svg', 'file/a.svg', 'taken/a.svg']) {
      await expect(folder.attach(name, 'text')).rejects.toThrow(ResultsError);
    }
    expect(readdirSync(outside)).toEqual([]);
    await folder.close();
  });

  it('is refused by a finished run', async () => {
    const request = sampleRequest(temporaryFolder());
    await runSample(request);
    const folder = await openRunFolder(request);
    await expect(folder.attach('pictures/a.svg', '')).rejects.toThrow(TypeError);
  });

  it('leaves the whole file or none, whichever operation of the disk fails', async () => {
    for (let operation = 1, isDone = false; !isDone; operation++) {
      const request = sampleRequest(temporaryFolder());
      let before = Number.POSITIVE_INFINITY;
      const disk = faultyDisk((count) => count === before + operation, failing('EIO'));
      const folder = await openRunFolder(request, disk);
      before = disk.count;
      const outcome = await folder.attach('pictures/a.svg', 'whole').then(
        () => 'written',
        (error) => error,
      );
      isDone = outcome === 'written';
      if (!isDone) expect(outcome).toBeInstanceOf(ResultsError);
      await folder.close();
      const again = await openRunFolder(request);
      await again.attach('pictures/a.svg', 'whole');
      await again.close();
      expect(readdirSync(join(again.path, 'pictures'))).toEqual(['a.svg']);
    }
  });
});
