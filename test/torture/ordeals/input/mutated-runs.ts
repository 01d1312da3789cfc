import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { hashOf, type Json } from '../../../../src/random/canonical-json.ts';
import { journalLine } from '../../../../src/results/journal-line.ts';
import { summaryText } from '../../../../src/results/summary-checksum.ts';
import type { Ordeal } from '../../ordeal.ts';
import { textChanges, valueChanges } from './hazards.ts';
import { commandHere } from './here.ts';
import { actingIn, type Ended, faultOfEnd } from './judge.ts';
import { quietly, type SampleRun, sampleRuns } from './sample-runs.ts';
import { tried } from './tried.ts';

/** Run folders of every kind with values, lines, letters, versions and files changed, opened by every command. */
export const mutatedRuns: Ordeal = {
  name: 'mutated-runs',
  promise: 'a run folder changed by hand, its checksums set right or not, is refused with place and remedy, or shown',
  async endure(trial) {
    const samples = await sampleRuns(trial.folder);
    const place = join(trial.folder, 'case');
    let shown = 0;
    const attempt = async (one: ChangedRun) => {
      rmSync(place, { recursive: true, force: true });
      const folder = join(place, one.sample.name);
      mkdirSync(folder, { recursive: true });
      const files = one.change(one.sample.files);
      for (const [name, text] of files) writeFileSync(join(folder, name), text);
      const ended = await commandHere(commands[one.command](folder, place, samples, one.sample));
      if (ended.code !== 2) shown += 1;
      const isWriter = one.command.startsWith('run');
      return faultOfEnd(ended) ?? faultOfOutput(ended, one.command) ?? (isWriter ? null : faultOfFolder(folder, files));
    };
    const count = await tried(trial, { bounded: 100, full: 5000 }, changedRuns(samples), attempt, told);
    if (shown < count / 50) throw new Error(`only ${shown} of ${count} changed runs were shown`);
    return { 'changed run folders': count, 'that were shown': shown };
  },
};

type Files = ReadonlyMap<string, string>;

interface ChangedRun {
  readonly sample: SampleRun;
  readonly change: (files: Files) => Files;
  readonly command: keyof typeof commands;
}

const commands = {
  watch: (folder: string) => ['watch', folder, '--no-tui'],
  'export-csv': (folder: string) => ['export', folder, '--format', 'csv'],
  'export-long': (folder: string) => ['export', folder, '--table', 'long', '--format', 'json'],
  'export-md': (folder: string) => ['export', folder, '--table', 'failures', '--format', 'markdown'],
  'export-runs': (folder: string) => ['export', folder, '--table', 'trajectory', '--format', 'csv'],
  replay: (folder: string) => ['replay', folder, '--cell', '1', '--pair', '1'],
  compare: (folder: string, place: string, _: readonly SampleRun[], { name, files }: SampleRun) => {
    const sound = join(place, 'sound', name);
    mkdirSync(sound, { recursive: true });
    for (const [file, text] of files) writeFileSync(join(sound, file), text);
    return ['compare', folder, sound];
  },
  merge: (folder: string, place: string, samples: readonly SampleRun[], { name }: SampleRun) => {
    const other = samples.find((sample) => sample.name !== name && sample.name.includes('.shard-')) ?? samples[0];
    const sound = join(place, 'other', other.name);
    mkdirSync(sound, { recursive: true });
    for (const [file, text] of other.files) writeFileSync(join(sound, file), text);
    return ['merge', folder, sound, '--out', join(place, 'merged')];
  },
  run: (_folder: string, place: string, _samples: readonly SampleRun[], { words }: SampleRun) => {
    return ['run', ...words, ...quietly, '--out', place];
  },
  'run-more': (_folder: string, place: string, _samples: readonly SampleRun[], { words }: SampleRun) => {
    return ['run', ...words, ...quietly, '--replicates', '50', '--out', place];
  },
  report: (folder: string, place: string) => ['report', folder, '--output', join(place, 'page.html')],
  'report-md': (folder: string, place: string) => ['report', folder, '--format', 'md', '--output', join(place, 'md')],
} as const;

function changedRuns(samples: readonly SampleRun[]): fc.Arbitrary<ChangedRun> {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  // A report takes a hundred times as long as a table.
  const command = fc.oneof(
    { arbitrary: fc.constantFrom(...names.slice(0, -4)), weight: 10 },
    { arbitrary: fc.constantFrom(...names.slice(-4)), weight: 1 },
  );
  return fc.record({ sample: fc.constantFrom(...samples), change: changeOfFiles(samples), command });
}

function changeOfFiles(samples: readonly SampleRun[]): fc.Arbitrary<ChangedRun['change']> {
  const name = fc.constantFrom('summary.json', 'manifest.json', 'journal.ndjson');
  const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  return fc.oneof(
    { arbitrary: valueChanges.map((change) => (files: Files) => withSummary(files, change)), weight: 6 },
    { arbitrary: valueChanges.map((change) => (files: Files) => withManifest(files, change)), weight: 5 },
    {
      arbitrary: fc.tuple(valueChanges, share).map(
        ([change, at]) =>
          (files: Files) =>
            withRecord(files, at, change),
      ),
      weight: 4,
    },
    {
      arbitrary: fc.tuple(name, textChanges).map(
        ([of, change]) =>
          (files: Files) =>
            new Map(files).set(of, change(files.get(of) ?? '')),
      ),
      weight: 3,
    },
    {
      arbitrary: fc.tuple(name, fc.constantFrom(...samples)).map(([of, other]) => (files: Files) => {
        return new Map(files).set(of, other.files.get(of) ?? '');
      }),
      weight: 1,
    },
    {
      arbitrary: name.map((of) => (files: Files) => new Map([...files].filter(([file]) => file !== of))),
      weight: 1,
    },
    {
      arbitrary: fc.constantFrom(...versions).map((change) => (files: Files) => withManifest(files, change)),
      weight: 1,
    },
  );
}

/** Of other versions. */
const versions: readonly ((manifest: unknown) => unknown)[] = [
  ...[0, 1, 3, 1e9, 2.5, -1, '2'].map((formatVersion) => (manifest: unknown) => ({
    ...(manifest as object),
    formatVersion,
  })),
  ...['0.0.9', '99.0.0', '', '\u001b[2J'].map((normGrowth) => (manifest: unknown) => {
    const { provenance, ...rest } = manifest as { provenance: object };
    return { ...rest, provenance: { ...provenance, normGrowth } };
  }),
];

/** With the checksum that belongs to it, where there is one for such values. */
function withSummary(files: Files, change: (value: unknown) => unknown): Files {
  const { checksum, ...rest } = JSON.parse(files.get('summary.json')!);
  const changed = change(rest);
  const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
  return new Map(files).set('summary.json', isObject ? checked(changed, checksum) : JSON.stringify(changed ?? null));
}

function checked(summary: object, checksum: string): string {
  try {
    return summaryText(summary);
  } catch {
    return JSON.stringify({ ...summary, checksum });
  }
}

/** With a journal whose header names it. */
function withManifest(files: Files, change: (value: unknown) => unknown): Files {
  const manifest = change(JSON.parse(files.get('manifest.json')!)) ?? null;
  const [, ...lines] = files.get('journal.ndjson')!.split('\n');
  const header = journalLine(JSON.stringify({ format: 1, manifest: hashed(manifest) }));
  return new Map(files).set('manifest.json', JSON.stringify(manifest)).set('journal.ndjson', header + lines.join('\n'));
}

function hashed(manifest: unknown): string {
  try {
    return hashOf(manifest as Json);
  } catch {
    return '0'.repeat(64);
  }
}

/** One line of the journal, with its checksum. */
function withRecord(files: Files, at: number, change: (value: unknown) => unknown): Files {
  const lines = files.get('journal.ndjson')!.split('\n').slice(0, -1);
  const line = Math.floor(at * lines.length);
  lines[line] = journalLine(JSON.stringify(change(JSON.parse(lines[line].slice(9))) ?? null)).trimEnd();
  return new Map(files).set('journal.ndjson', lines.map((text) => `${text}\n`).join(''));
}

/** Texts of the folder reach a terminal or a file only in a form that shows. */
function faultOfOutput({ stdout }: Ended, command: string): string | null {
  const acting = actingIn(stdout.replaceAll('\r\n', '\n'));
  if (acting !== null) return `${command} prints ${acting}`;
  const wrong = /\b(?:NaN|undefined|\[object Object\])/.exec(stdout);
  return wrong === null
    ? null
    : `${command} prints ${wrong[0]}: ${JSON.stringify(stdout.slice(Math.max(0, wrong.index - 80), wrong.index + 20))}`;
}

/** Whoever looks changes nothing. */
function faultOfFolder(folder: string, files: Files): string | null {
  const there = readdirSync(folder).filter((name) => name !== 'lock' && name !== 'lock.json');
  if (there.length !== files.size) return `the folder has other files: ${there}`;
  const changed = [...files].find(
    ([name, text]) => readFileSync(join(folder, name), 'utf8') !== Buffer.from(text).toString(),
  );
  return changed === undefined ? null : `${changed[0]} was changed`;
}

/** The command, and each changed file around its first other character. */
function told({ sample, change, command }: ChangedRun): string {
  const files = change(sample.files);
  const names = [...new Set([...files.keys(), ...sample.files.keys()])];
  const changes = names.flatMap((name) => {
    const [before, after] = [sample.files.get(name) ?? '', files.get(name) ?? ''];
    if (before === after) return [];
    const at = [...before].findIndex((character, index) => character !== after[index]);
    return [`${name} at ${at}: ${around(before, at)} became ${around(after, at)}`];
  });
  return [`${command} ${sample.name}`, ...changes].join('\n');
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
}
