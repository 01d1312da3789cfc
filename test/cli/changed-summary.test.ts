import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/random/canonical-json.ts';
import { summarySchema } from '../../src/results/summary-schema.ts';
import { command } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-changed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = ['toy-steps', '--replicates', '20', '--quiet'];
let run: string;

beforeAll(async () => {
  await command(['run', ...words], folder);
  [run] = readdirSync(join(folder, 'results')).map((name) => join('results', name));
});

describe('a number of summary.json that was changed by hand', () => {
  const place = join(folder, 'changed');

  beforeAll(() => {
    mkdirSync(place);
    cpSync(join(folder, 'results'), join(place, 'results'), { recursive: true });
    cpSync(join(folder, 'results'), join(place, 'sound'), { recursive: true });
    const file = join(place, run, 'summary.json');
    const summary = JSON.parse(readFileSync(file, 'utf8'));
    summary.cells[0].norm.difference.mean += 1e-12;
    writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
  });

  it.each([
    ['run', () => ['run', ...words]],
    ['run --format json', () => ['run', ...words, '--format', 'json']],
    ['export', () => ['export', run]],
    ['query', () => ['query', run, 'FROM runs']],
    ['compare', () => ['compare', run, run.replace('results', 'sound')]],
    ['replay', () => ['replay', run, '--cell', '0', '--pair', '0']],
    ['merge', () => ['merge', run, '--out', 'merged']],
  ])('is refused with the file and the remedy, and never shown: %s', async (_, asked) => {
    const { code, stdout, stderr } = await command(asked(), place);
    expect([code, stdout]).toEqual([2, '']);
    const said = `${run}/summary.json: is not as the run wrote it: its checksum is of other values; restore the file, or run with --fresh`;
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('the checksum', () => {
  it('is in summary.json, in what --format json prints, and in the schema', async () => {
    const stored = JSON.parse(readFileSync(join(folder, run, 'summary.json'), 'utf8'));
    const printed = await command(['run', ...words, '--format', 'json'], folder);
    expect(JSON.parse(printed.stdout)).toEqual(stored);
    const { checksum, ...rest } = JSON.parse(printed.stdout);
    expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(checksum);
    expect(summarySchema.parse(stored)).toEqual(stored);
    const schema = JSON.parse((await command(['schema', 'summary'], folder)).stdout);
    expect(schema.required).toContain('checksum');
  });
});
