import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/random/canonical-json.ts';
import { journalLine } from '../../src/results/journal-line.ts';
import { summaryText } from '../../src/results/summary-checksum.ts';
import { command } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-changed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;

/** A run of a scenario, of which copies are changed. */
function runOf(name: string, words: readonly string[]) {
  const own = join(folder, name);
  beforeAll(() => command(['run', ...words, '--quiet', '--no-tui', '--workers', '0', '--out', own], folder));
  let copies = 0;
  return (): string => {
    const copy = join(folder, `${name}-${copies++}`);
    cpSync(join(own, readdirSync(own)[0]), copy, { recursive: true });
    return copy;
  };
}

/** With its hash in the journal's header. */
function changeManifest(path: string, change: (manifest: Json) => void): void {
  const file = join(path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
  const journal = join(path, 'journal.ndjson');
  const records = readFileSync(journal, 'utf8').replace(/^.*\n/, '');
  writeFileSync(journal, journalLine(JSON.stringify({ format: 1, manifest: hashOf(manifest) })) + records);
}

/** With the checksum that belongs to it. */
function changeSummary(path: string, change: (summary: Json) => void): void {
  const file = join(path, 'summary.json');
  const { checksum: _, ...summary } = JSON.parse(readFileSync(file, 'utf8'));
  change(summary);
  writeFileSync(file, summaryText(summary));
}

/** Takes the place of the journal, with checksums that are right. */
function writeJournal(path: string, records: readonly unknown[]): void {
  const manifest = hashOf(JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')));
  for (const name of readdirSync(path)) if (name.startsWith('journal.')) rmSync(join(path, name));
  const lines = [{ format: 1, manifest }, ...records].map((value) => journalLine(JSON.stringify(value)));
  writeFileSync(join(path, 'journal.ndjson'), lines.join(''));
}

async function expectRefused(path: string, message: string): Promise<void> {
  const { code, stdout, stderr } = await command(['report', path, '--output', join(path, 'report.html')], folder);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect([code, stdout]).toEqual([2, '']);
}

describe('a report of a run folder that was changed by hand is refused in one line, with the place and what to do', () => {
  const pairs = runOf('pairs', ['coupled-pair', '--replicates', '500']);
  const training = runOf('training', ['experiments/01-embedding', '--set', 'epochs=2']);

  it.each(['git', 'machine'])('its provenance has no %s', async (field) => {
    const path = pairs();
    changeManifest(path, ({ provenance }) => Reflect.deleteProperty(provenance as Json, field));
    await expectRefused(path, 'manifest.json: is not the manifest of a run; restore the file, or');
  });

  it.each([[null], [{}], [{ design: null, kernel: 'auto', cells: null }]])('its plan is %j', async (coupled) => {
    const path = pairs();
    changeManifest(path, (manifest) => {
      manifest.plan = { coupled };
    });
    await expectRefused(path, 'plan — expected');
  });

  it.each([
    [{ cell: 0, block: 0, summary: null }],
    [{ cell: 0, block: 0, summary: { norm: { count: 500 } } }],
    [{ cell: 0, block: 0, summary: { failure: 'x', replicate: 0 } }],
    [{ cell: 0, block: 999, summary: {} }],
  ])('its journal holds %j', async (record) => {
    const path = pairs();
    writeJournal(path, [record]);
    await expectRefused(path, `its journal has what cannot be block ${record.block} of cell 0: it was changed by hand`);
  });

  it('its journal holds nothing', async () => {
    const path = pairs();
    writeJournal(path, []);
    await expectRefused(path, 'its journal lacks chunks of cell 0; restore it');
  });

  it.each([['description'], ['scenario']])('of a training, whose %s is a number', async (field) => {
    const path = training();
    changeSummary(path, (summary) => {
      summary[field] = 7;
    });
    await expectRefused(path, `summary.json ${field} — `);
  });

  it('of a training, without cells in its plan', async () => {
    const path = training();
    changeManifest(path, (manifest) => {
      manifest.plan = { trainings: null };
    });
    await expectRefused(path, 'manifest.json: plan — expected cells, got none; it was changed by hand');
  });

  it('but a plan that asks for very much is only read: nothing is trained or drawn', async () => {
    const path = training();
    changeManifest(path, ({ plan }) => {
      const [cell] = (plan as { trainings: { training: Json }[] }).trainings;
      cell.training.data = { from: 'generator', users: 1e15, items: 1e15, interactions: 1e15, factors: 1e9 };
    });
    const { code } = await command(['report', path, '--output', join(path, 'report.html')], folder);
    expect(code).toBe(0);
  });
});
