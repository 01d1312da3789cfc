import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ResultsError } from '../../src/results/results-error.ts';
import { failing, faultyDisk } from './fixtures/faulty-disk.ts';
import { dieAt } from './fixtures/processes.ts';
import { runSample, sampleRequest } from './fixtures/sample-run.ts';
import { temporaryFolders } from './fixtures/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
let undisturbed: Buffer;
let operations: number;

async function summaryOf(resultsDirectory: string): Promise<Buffer> {
  const { path } = await runSample(sampleRequest(resultsDirectory));
  return readFileSync(join(path, 'summary.json'));
}

beforeAll(async () => {
  const disk = faultyDisk(() => false, failing('EIO'));
  const { path } = await runSample(sampleRequest(temporaryFolder()), disk);
  undisturbed = readFileSync(join(path, 'summary.json'));
  operations = disk.count;
});

describe('a run whose disk fails', () => {
  it.each([
    ['once', 'EIO', (count: number, from: number) => count === from],
    ['for good', 'ENOSPC', (count: number, from: number) => count >= from],
  ])('%s, at any operation, ends with a clear error and resumes to the same summary', async (_what, code, isFaulty) => {
    let survived = 0;
    for (let operation = 1; operation <= operations; operation++) {
      const results = temporaryFolder();
      const disk = faultyDisk((count) => isFaulty(count, operation), failing(code));
      const outcome = await runSample(sampleRequest(results), disk).catch((error) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(ResultsError);
        expect(outcome.message).toMatch(new RegExp(`^${results}.*: cannot .* \\(${code}\\): the disk `));
      } else survived++;
      expect(await summaryOf(results)).toEqual(undisturbed);
    }
    // Only the removal of writer.json at the very end may fail without a word: a stale one does no harm.
    expect(survived).toBeLessThanOrEqual(1);
  });
});

describe('a run that is killed', () => {
  it('before, within or after any operation resumes to the same summary: 25 SIGKILLs', async () => {
    const moment = fc.record({
      operation: fc.integer({ min: 1, max: operations }),
      phase: fc.constantFrom('before', 'within', 'after'),
    });
    let [kills, runs] = [0, 0];
    const cache = temporaryFolder();
    let results = temporaryFolder();
    expect(await dieAt(results, operations + 1, 'before', cache)).toBe(0);
    for (const { operation, phase } of fc.sample(moment, { seed: 7, numRuns: 200 })) {
      const end = await dieAt(results, operation, phase, cache);
      expect(['SIGKILL', 0]).toContain(end);
      if (end === 'SIGKILL' && ++kills === 25) break;
      // It was resumed with fewer operations than that, and finished.
      if (end === 'SIGKILL') continue;
      expect(await summaryOf(results)).toEqual(undisturbed);
      runs++;
      results = temporaryFolder();
    }
    expect(await summaryOf(results)).toEqual(undisturbed);
    expect(kills).toBe(25);
    expect(runs).toBeGreaterThan(2);
  });
});
