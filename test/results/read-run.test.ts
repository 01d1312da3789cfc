import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRunFolder, runId } from '../../src/results/open-run-folder.ts';
import { listRuns, readRun } from '../../src/results/read-run.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { collect } from './fixtures/collect.ts';
import { runSample, sampleRecord, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();

describe('readRun', () => {
  it('reads a finished run', async () => {
    const request = sampleRequest(temporaryFolder());
    const { path, id } = await runSample(request);
    const run = await readRun(path);
    expect(run).toMatchObject({ path, status: 'finished', manifest: { id, plan: request.plan } });
    expect(run.summary).toEqual(JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8')));
    expect(await collect(run.records())).toHaveLength(12);
  });

  it('reads a run that is being written, as far as it is whole, and changes nothing', async () => {
    const folder = await openRunFolder(sampleRequest(temporaryFolder()));
    folder.append(sampleRecord(0, 0));
    await folder.flush();
    const journal = join(folder.path, 'journal.ndjson');
    writeFileSync(journal, 'torn', { flag: 'a' });
    const before = readFileSync(journal);
    const names = readdirSync(folder.path);
    const run = await readRun(folder.path);
    expect(run).toMatchObject({ status: 'unfinished', summary: null });
    expect(await collect(run.records())).toEqual([sampleRecord(0, 0)]);
    expect(readFileSync(journal)).toEqual(before);
    expect(readdirSync(folder.path)).toEqual(names);
    await folder.close();
  });

  it.each([
    ['journal.ndjson', 'journal.ndjson:1: the line at byte 0 belongs to another manifest.json'],
    ['manifest.json', 'summary.json: is of another run than the manifest.json beside it; restore both'],
    ['summary.json', 'summary.json: is of another run than the manifest.json beside it; restore both'],
  ])('refuses the %s of another run, also where only the summary is wanted', async (name, message) => {
    const request = sampleRequest(temporaryFolder());
    const finish = async (id: string, seed: number) => {
      const folder = await openRunFolder({ ...request, id, seed });
      await folder.finish({ id });
      await folder.close();
      return folder.path;
    };
    const [path, other] = [await finish(runId(1), 1), await finish(runId(2), 2)];
    writeFileSync(join(path, name), readFileSync(join(other, name)));
    await expect(readRun(path)).rejects.toThrow(message);
  });

  it('refuses a manifest of which a digit was changed', async () => {
    const { path } = await runSample(sampleRequest(temporaryFolder()));
    const manifest = join(path, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"seed": 1', '"seed": 3'));
    await expect(readRun(path)).rejects.toThrow('belongs to another manifest.json than the one beside it');
  });

  it.each<[string, (path: string) => void, string]>([
    ['a missing folder', () => {}, 'there is no such run folder'],
    ['a folder without a manifest', (path) => mkdirSync(path), 'is not a run folder: it has no manifest.json'],
    ['a file', (path) => writeFileSync(path, ''), 'expected a run folder, got a file'],
    ['a link', (path) => symlinkSync('/', path), 'expected a run folder, got a link'],
    ['a damaged manifest', (path) => writeManifest(path, '{'), 'manifest.json: is damaged'],
    ['a newer format', (path) => writeManifest(path, '{"formatVersion":3}'), 'install a newer norm-growth'],
  ])('refuses %s', async (_what, make, message) => {
    const path = join(temporaryFolder(), 'run');
    make(path);
    await expect(readRun(path)).rejects.toThrow(ResultsError);
    await expect(readRun(path)).rejects.toThrow(message);
  });
});

function writeManifest(path: string, text: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'manifest.json'), text);
}

describe('listRuns', () => {
  it('lists runs by name with their status, and says what is wrong with a damaged one', async () => {
    const request = sampleRequest(temporaryFolder());
    const finished = await runSample(request);
    const unfinished = await openRunFolder({ ...request, fresh: true });
    await unfinished.close();
    writeManifest(join(request.resultsDirectory, 'broken--0123456789ab'), '{');
    mkdirSync(join(request.resultsDirectory, 'notes'));
    writeFileSync(join(request.resultsDirectory, 'README.md'), '');
    const runs = await listRuns(request.resultsDirectory);
    expect(runs.map(({ path, status }) => [path, status])).toEqual([
      [join(request.resultsDirectory, 'broken--0123456789ab'), 'damaged'],
      [finished.path, 'finished'],
      [unfinished.path, 'unfinished'],
    ]);
    expect(runs[0].problem).toContain('is damaged, it is not JSON');
    expect(runs[1]).toMatchObject({ problem: null, manifest: { scenario: 'sample' } });
  });

  it('finds none in a missing folder', async () => {
    expect(await listRuns(join(temporaryFolder(), 'missing'))).toEqual([]);
  });
});
