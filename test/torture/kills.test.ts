import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contentsOfRun, differencesBetween } from './ordeals/kills/run-contents.ts';

const journal = ['header of one', 'first', 'second', 'third', ''].join('\n');

/** The folder of a finished run, and a copy of it that a test may change. */
function twoRuns(): { run: string; copy: string } {
  const folder = mkdtempSync(join(tmpdir(), 'norm-growth-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [run, copy] = [join(folder, 'run'), join(folder, 'copy')];
  mkdirSync(join(run, 'pictures'), { recursive: true });
  writeFileSync(join(run, 'manifest.json'), '{"created":"then","seed":1,"provenance":{"git":null,"node":"24"}}');
  writeFileSync(join(run, 'journal.ndjson'), journal);
  writeFileSync(join(run, 'summary.json'), '{"mean":1}');
  writeFileSync(join(run, 'pictures', 'cell-0.svg'), '<svg/>');
  cpSync(run, copy, { recursive: true });
  return { run, copy };
}

function differences(change: (copy: string) => void): string[] {
  const { run, copy } = twoRuns();
  change(copy);
  return differencesBetween(contentsOfRun(run), contentsOfRun(copy));
}

const changed = (name: string, from: string, to: string) => (copy: string) =>
  writeFileSync(join(copy, name), readFileSync(join(copy, name), 'utf8').replace(from, to));

describe('what killed runs are held against', () => {
  it.each<[string, (copy: string) => void]>([
    ['nothing was changed', () => {}],
    ['it was begun at another time', changed('manifest.json', 'then', 'now')],
    ['git told its commit', changed('manifest.json', '"git":null', '"git":{"commit":"abc"}')],
    ['the records came in another order', changed('journal.ndjson', 'first\nsecond', 'second\nfirst')],
    ['the journal belongs to another manifest', changed('journal.ndjson', 'header of one', 'header of another')],
    ['a dead writer has left its name', (copy) => writeFileSync(join(copy, 'writer.json'), '{}')],
    ['it died while the journal was packed', (copy) => writeFileSync(join(copy, 'journal.ndjson.zst.tmp'), 'half')],
    [
      'the journal was packed',
      (copy) => {
        writeFileSync(join(copy, 'journal.ndjson.zst'), zstdCompressSync(journal));
        rmSync(join(copy, 'journal.ndjson'));
      },
    ],
  ])('is the same although %s', (_, change) => {
    expect(differences(change)).toEqual([]);
  });

  it.each<[string, (copy: string) => void]>([
    ['the records of the journal', changed('journal.ndjson', 'second\n', '')],
    ['the records of the journal', changed('journal.ndjson', 'second\n', 'second\nsecond\n')],
    ['the records of the journal', changed('journal.ndjson', 'third', 'thirt')],
    ['summary.json', changed('summary.json', '1', '2')],
    ['manifest.json', changed('manifest.json', '"seed":1', '"seed":2')],
    ['manifest.json', changed('manifest.json', '"24"', '"26"')],
    ['pictures/cell-0.svg', (copy) => rmSync(join(copy, 'pictures', 'cell-0.svg'))],
    ['summary.json.tmp', (copy) => writeFileSync(join(copy, 'summary.json.tmp'), '{"me')],
  ])('is not where there is another %s', (name, change) => {
    expect(differences(change)).toEqual([name]);
  });
});
