import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashOf, type Json } from '../../src/random/canonical-json.ts';
import { type Disk, localDisk } from '../../src/results/disk.ts';
import { openRunFolder, type RunRequest } from '../../src/results/open-run-folder.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { summaryText } from '../../src/results/summary-checksum.ts';
import { collect } from './fixtures/collect.ts';
import { startWriter } from './fixtures/processes.ts';
import { runSample, sampleProvenance, sampleRecord, sampleRecords, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const [first, second] = [startWriter(), startWriter()];
afterAll(() => Promise.all([first.kill(), second.kill()]));

/** A run of which three blocks are done. */
async function begun(changes: Partial<RunRequest> = {}): Promise<RunRequest & { path: string }> {
  const request = sampleRequest(temporaryFolder(), changes);
  const folder = await openRunFolder(request);
  for (const record of sampleRecords.slice(0, 3)) folder.append(record);
  await folder.close();
  return { ...request, path: folder.path };
}

describe('openRunFolder', () => {
  it('names the folder by the hash of the identity, and writes the manifest', async () => {
    const request = sampleRequest(temporaryFolder());
    const folder = await openRunFolder(request);
    const { id } = request;
    expect(folder).toMatchObject({
      path: join(request.resultsDirectory, `sample--${id}`),
      id,
      status: 'new',
      notices: [],
    });
    expect(await collect(folder.records())).toEqual([]);
    expect(await folder.summary()).toBeNull();
    expect(JSON.parse(readFileSync(join(folder.path, 'manifest.json'), 'utf8'))).toMatchObject({
      formatVersion: 2,
      id,
      scenario: 'sample',
      seed: 1,
      plan: request.plan,
      provenance: sampleProvenance,
    });
    await folder.close();
  });

  it('resumes with the records that were there, and says how many', async () => {
    const request = await begun();
    const folder = await openRunFolder(request);
    expect(folder.status).toBe('resumed');
    expect(folder.notices).toEqual([`${request.path}: resumed, 3 finished blocks are reused`]);
    folder.append(sampleRecord(1, 5));
    expect(await collect(folder.records())).toEqual(sampleRecords.slice(0, 3));
    expect([folder.has(sampleRecord(0, 0)), folder.has(sampleRecord(1, 5)), folder.has(sampleRecord(1, 4))]).toEqual([
      true,
      true,
      false,
    ]);
    await folder.flush();
    expect(await collect(folder.records())).toEqual([...sampleRecords.slice(0, 3), sampleRecord(1, 5)]);
    await folder.close();
  });

  it('cuts a torn tail, says what and where, and computes it again', async () => {
    const request = await begun();
    const journal = join(request.path, 'journal.ndjson');
    const whole = readFileSync(journal);
    writeFileSync(journal, whole.subarray(0, -5));
    const folder = await openRunFolder(request);
    expect(await collect(folder.records())).toEqual(sampleRecords.slice(0, 2));
    const lost = whole.length - 5 - (whole.lastIndexOf('\n', -2) + 1);
    expect(folder.notices).toEqual([
      `${request.path}: resumed, 2 finished blocks are reused`,
      `${journal}:4: the last ${lost} bytes are an unfinished or damaged write; they are cut, and what they held is computed again`,
    ]);
    folder.append(sampleRecords[2]);
    await folder.close();
    expect(readFileSync(journal)).toEqual(whole);
  });

  it('shows a finished run again, without a lock and without touching it', async () => {
    const request = sampleRequest(temporaryFolder());
    const { path } = await runSample(request);
    const [folder, other] = [await openRunFolder(request), await openRunFolder(request)];
    expect([folder.status, other.status]).toEqual(['finished', 'finished']);
    expect(folder.notices[0]).toBe(
      `${path}: finished before, shown again; to compute it anew, run with --fresh to start a new folder beside it`,
    );
    expect(await folder.summary()).toEqual(JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8')));
    expect((await collect(folder.records())).toSorted((a, b) => a.cell - b.cell || a.block - b.block)).toEqual(
      sampleRecords,
    );
    expect(() => folder.append(sampleRecord(0, 9))).toThrow(TypeError);
    await expect(folder.finish({})).rejects.toThrow('the run is finished, nothing can be appended');
    await folder.close();
    expect(existsSync(join(path, 'writer.json'))).toBe(false);
  });

  it('writes the summary sorted and indented, whatever the order of its keys', async () => {
    const texts: string[] = [];
    for (const summary of [
      { b: 1, a: { d: 2, c: 3 } },
      { a: { c: 3, d: 2 }, b: 1 },
    ]) {
      const folder = await openRunFolder(sampleRequest(temporaryFolder()));
      await folder.finish(summary);
      expect(await folder.summary()).toEqual({ ...summary, checksum: expect.any(String) });
      await folder.close();
      texts.push(readFileSync(join(folder.path, 'summary.json'), 'utf8'));
    }
    const checksum = hashOf({ a: { c: 3, d: 2 }, b: 1 });
    const text = `{\n  "a": {\n    "c": 3,\n    "d": 2\n  },\n  "b": 1,\n  "checksum": "${checksum}"\n}\n`;
    expect(texts).toEqual([text, text]);
  });

  it('refuses to finish twice, to append afterwards, and a summary that is not finite', async () => {
    const folder = await openRunFolder(sampleRequest(temporaryFolder()));
    await expect(folder.finish({ mean: Number.NaN })).rejects.toThrow(RangeError);
    await folder.finish({ mean: 1 });
    await expect(folder.finish({ mean: 2 })).rejects.toThrow(TypeError);
    expect(() => folder.append(sampleRecord(0, 0))).toThrow(TypeError);
    await folder.close();
    await folder.close();
    expect(readFileSync(join(folder.path, 'summary.json'), 'utf8')).toBe(summaryText({ mean: 1 }));
  });

  it('shows the run that another process finished just before the lock was taken', async () => {
    const request = await begun();
    const disk: Disk = {
      ...localDisk,
      // The first thing that the holder of the lock does.
      remove: (path) => {
        writeFileSync(join(request.path, 'summary.json'), summaryText({}));
        return localDisk.remove(path);
      },
    };
    const folder = await openRunFolder(request, disk);
    expect(folder.status).toBe('finished');
    await expect(folder.finish({ total: 1 })).rejects.toThrow(TypeError);
    expect(existsSync(join(request.path, 'writer.json'))).toBe(false);
  });

  it('starts afresh beside a finished and an unfinished run, and then resumes the newest', async () => {
    const request = sampleRequest(temporaryFolder());
    const { path } = await runSample(request);
    const summary = readFileSync(join(path, 'summary.json'));
    const fresh = await openRunFolder({ ...request, fresh: true });
    expect(fresh).toMatchObject({
      path: `${path}.2`,
      status: 'new',
      notices: [`${path}.2: a new folder, beside 1 of the same run`],
    });
    await fresh.close();
    const fresher = await openRunFolder({ ...request, fresh: true });
    expect(fresher).toMatchObject({ path: `${path}.3`, status: 'new' });
    await fresher.close();
    expect(await runSample(request)).toMatchObject({ path: `${path}.3`, status: 'resumed' });
    expect(readFileSync(join(`${path}.3`, 'summary.json'))).toEqual(summary);
    expect(existsSync(join(`${path}.2`, 'summary.json'))).toBe(false);
  });

  it('gives two processes that start afresh at the same moment a folder each', async () => {
    const results = temporaryFolder();
    await (await openRunFolder(sampleRequest(results))).close();
    const fresh = await Promise.all([first.ask(`fresh ${results}`), second.ask(`fresh ${results}`)]);
    expect(fresh.toSorted()).toEqual([expect.stringMatching(/^holds .*\.2$/), expect.stringMatching(/^holds .*\.3$/)]);
  });
});

describe('resuming is refused', () => {
  const program: [string, Partial<typeof sampleProvenance>][] = [
    ['provenance.normGrowth', { normGrowth: '0.1.1' }],
    ['provenance.node', { node: '25.0.0' }],
    ['provenance.v8', { v8: '14.0.0' }],
    ['provenance.arch', { arch: 'arm64' }],
    ['provenance.codeFingerprint', { codeFingerprint: 'd' }],
    ['provenance.numericFingerprint', { numericFingerprint: 'e' }],
  ];

  it.each(program)('by another program: %s', async (name, changes) => {
    const request = await begun();
    const other = { ...request, provenance: { ...sampleProvenance, ...changes } };
    await expect(openRunFolder(other)).rejects.toThrow(ResultsError);
    await expect(openRunFolder(other)).rejects.toThrow(`${request.path}: cannot resume: ${name} was "`);
    await expect(openRunFolder(other)).rejects.toThrow('; run with --fresh to start a new folder beside it');
    // The lock was given back.
    await (await openRunFolder(request)).close();
  });

  it.each(program)('but a finished run is shown with a notice: %s', async (name, changes) => {
    const request = sampleRequest(temporaryFolder());
    await runSample(request);
    const folder = await openRunFolder({ ...request, provenance: { ...sampleProvenance, ...changes } });
    expect(folder.status).toBe('finished');
    expect(folder.notices[1]).toContain(`was computed by another program: ${name} was "`);
  });

  it.each([
    ['seed', { seed: 2 }],
    ['plan.blocks', { plan: { cells: [{ popularity: { lower: 0.01, upper: 0.02 } }], blocks: 7 } }],
    ['plan.cells.0.popularity.upper', { plan: { cells: [{ popularity: { lower: 0.01, upper: 0.03 } }], blocks: 6 } }],
  ])('by another design, finished or not: %s', async (name, changes) => {
    const request = await begun();
    await expect(openRunFolder({ ...request, ...changes })).rejects.toThrow(`cannot resume: ${name} was`);
    await runSample(request);
    await expect(openRunFolder({ ...request, ...changes })).rejects.toThrow(`cannot resume: ${name} was`);
  });

  it('whichever value of the stored manifest was changed, by its name or by the hash in the journal', async () => {
    const request = await begun();
    const path = join(request.path, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    const named = new Set<string>();
    const leaves = leavesOf(JSON.parse(text), []);
    for (const leaf of leaves) {
      writeFileSync(path, JSON.stringify(changed(JSON.parse(text), leaf)));
      const refusal = await openRunFolder(request).catch((error) => error);
      expect(refusal).toBeInstanceOf(ResultsError);
      if (refusal.message.includes(leaf.join('.'))) named.add(leaf[leaf.length - 1]);
      else
        expect(refusal.message).toMatch(
          /has format version 3|is not the manifest of a run|journal\.ndjson:1: .* belongs to another manifest/,
        );
    }
    for (const name of [
      'id',
      'scenario',
      'seed',
      'upper',
      'normGrowth',
      'v8',
      'arch',
      'codeFingerprint',
      'numericFingerprint',
    ]) {
      expect(named).toContain(name);
    }
    expect(leaves.length).toBeGreaterThan(18);
    writeFileSync(path, text);
    await (await openRunFolder(request)).close();
  });
});

function leavesOf(value: Json, path: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

function changed(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined)
    return typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : !value;
  const copy = structuredClone(value) as Record<string, Json>;
  copy[key] = changed(copy[key], rest);
  return copy;
}

describe('a folder that is not as it should be', () => {
  it('starts cleanly in one that holds only what a start leaves', async () => {
    const request = await begun();
    for (const name of ['manifest.json', 'journal.ndjson']) rmSync(join(request.path, name));
    for (const name of ['writer.json', 'writer.json.tmp', 'manifest.json.tmp'])
      writeFileSync(join(request.path, name), '{');
    const folder = await openRunFolder(request);
    expect(folder.status).toBe('new');
    await folder.close();
  });

  it.each(['journal.ndjson', 'thesis.docx'])('refuses one without a manifest that holds %s', async (name) => {
    const request = await begun();
    for (const file of ['manifest.json', 'journal.ndjson']) rmSync(join(request.path, file));
    writeFileSync(join(request.path, name), '');
    await expect(openRunFolder(request)).rejects.toThrow(
      `${request.path}: is not a run folder: it has no manifest.json, but holds "${name}"; restore the manifest`,
    );
  });

  it('starts over where the journal is gone', async () => {
    const request = await begun();
    rmSync(join(request.path, 'journal.ndjson'));
    const folder = await openRunFolder(request);
    expect(folder).toMatchObject({
      status: 'resumed',
      notices: [expect.stringContaining('0 finished blocks are reused')],
    });
    await folder.close();
  });

  it('refuses a journal that is a link, a damaged manifest and a damaged summary', async () => {
    const request = await begun();
    const journal = join(request.path, 'journal.ndjson');
    rmSync(journal);
    symlinkSync('/dev/full', journal);
    await expect(openRunFolder(request)).rejects.toThrow(`${journal}: expected a regular file, got a link`);
    writeFileSync(join(request.path, 'manifest.json'), '{"formatVersion":1,');
    await expect(openRunFolder(request)).rejects.toThrow('manifest.json: is damaged, it is not JSON');
    const finished = await runSample(sampleRequest(request.resultsDirectory, { fresh: true }));
    writeFileSync(join(finished.path, 'summary.json'), '{"total":');
    await expect(openRunFolder(request)).rejects.toThrow(
      'summary.json: is damaged, it is not JSON; restore the file, or run',
    );
  });

  it('says so when the folder is removed during the run, and never writes into its successor', async () => {
    const request = sampleRequest(temporaryFolder());
    const folder = await openRunFolder(request);
    rmSync(folder.path, { recursive: true });
    const successor = await openRunFolder(request);
    folder.append(sampleRecord(0, 0));
    await expect(folder.finish({ total: 1 })).rejects.toThrow('the folder was removed or moved while it was in use');
    await expect(folder.close()).rejects.toThrow(ResultsError);
    expect(await collect(successor.records())).toEqual([]);
    expect(existsSync(join(successor.path, 'summary.json'))).toBe(false);
    expect(existsSync(join(successor.path, 'writer.json'))).toBe(true);
    await successor.close();
  });
});
