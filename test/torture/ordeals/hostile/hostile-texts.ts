import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Ordeal } from '../../ordeal.ts';
import { commandHere } from '../input/here.ts';
import { actingIn, faultOfEnd } from '../input/judge.ts';
import { type SampleRun, sampleRuns } from '../input/sample-runs.ts';
import { tried } from '../input/tried.ts';
import { withTexts } from './foreign-summary.ts';
import { foreignText } from './payloads.ts';

/** Escapes, formulas, markup and scripts in every text of a run folder and of a data table, shown in every form. */
export const hostileTexts: Ordeal = {
  name: 'hostile-texts',
  promise: 'no foreign text acts in a terminal, a table, a page or a picture, wherever it stands',
  async endure(trial) {
    const place = join(trial.folder, 'case');
    // Shards have no texts.
    const samples = (await sampleRuns(trial.folder)).filter(({ name }) => !name.includes('.shard-'));
    let refused = 0;
    const attempt = async (one: HostileTexts) => {
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      const fault = one.form === 'table' ? await faultOfTable(place, one) : await faultOfForm(place, one);
      if (fault === 'refused') refused += 1;
      return fault === 'refused' ? null : fault;
    };
    const count = await tried(trial, { bounded: 60, full: 2500 }, hostile(samples), attempt, told);
    if (refused > count / 2) throw new Error(`${refused} of ${count} were refused: too few were shown`);
    return { 'hostile texts shown': count - refused, 'run folders with them refused': refused };
  },
};

const forms = ['terminal', 'csv', 'long', 'markdown', 'json', 'table', 'compare', 'html', 'md', 'svg'] as const;

interface HostileTexts {
  readonly sample: SampleRun;
  readonly texts: readonly string[];
  readonly form: (typeof forms)[number];
}

function hostile(samples: readonly SampleRun[]): fc.Arbitrary<HostileTexts> {
  return fc.record({
    sample: fc.constantFrom(...samples),
    texts: fc.array(foreignText, { minLength: 3, maxLength: 3 }),
    // A page takes a hundred times as long as a table.
    form: fc.oneof(
      { arbitrary: fc.constantFrom(...forms.slice(0, 7)), weight: 8 },
      { arbitrary: fc.constantFrom(...forms.slice(7)), weight: 1 },
    ),
  });
}

/** Ids of a data table, from the file to what the command prints. */
async function faultOfTable(place: string, { texts }: HostileTexts): Promise<string | null> {
  const [rare, common] = texts.map(
    (text, at) => `"${(text.replace(/[\n\r]/g, '').trim() || 'x').replaceAll('"', '""')}${at}"`,
  );
  writeFileSync(join(place, 't.csv'), `user,item\n1,${rare}\n1,${common}\n2,${common}\n3,${common}\n`);
  const scenario = { kind: 'coupled', name: 'x', popularity: { data: join(place, 't.csv'), percentiles: [1, 99] } };
  const words = ['--workers', '0', '--no-tui', '--replicates', '3', '--set', 'steps=3', '--out', join(place, 'out')];
  const ended = await commandHere(['run', JSON.stringify(scenario), ...words]);
  const fault = faultOfEnd(ended) ?? faultOfShown(ended.stdout);
  return fault ?? (ended.code === 2 ? 'refused' : null);
}

async function faultOfForm(place: string, { sample, texts, form }: HostileTexts): Promise<string | null> {
  const folder = join(place, sample.name);
  mkdirSync(folder);
  for (const [name, text] of sample.files)
    writeFileSync(join(folder, name), name === 'summary.json' ? withTexts(text, texts) : text);
  const output = join(place, 'output');
  const words = {
    terminal: ['watch', folder, '--no-tui'],
    csv: ['export', folder, '--format', 'csv'],
    long: ['export', folder, '--table', 'failures', '--format', 'csv'],
    markdown: ['export', folder, '--table', 'runs', '--format', 'markdown'],
    json: ['export', folder, '--format', 'json'],
    compare: ['compare', folder, copyOf(sample, place)],
    html: ['report', folder, '--output', output],
    md: ['report', folder, '--format', 'md', '--output', output],
    svg: ['report', folder, '--format', 'svg', '--output', output],
    table: [],
  }[form];
  const ended = await commandHere(words);
  const fault = faultOfEnd(ended) ?? faultOfShown(ended.stdout);
  if (fault !== null) return fault;
  if (ended.code === 2) return 'refused';
  if (form === 'csv' || form === 'long') return faultOfCsv(ended.stdout);
  if (form === 'markdown') return faultOfMarkdown(ended.stdout);
  if (form === 'html') return faultOfPage(readFileSync(output, 'utf8'));
  if (form !== 'md' && form !== 'svg') return null;
  const faults = readdirSync(output).map((name) => faultOfFile(name, readFileSync(join(output, name), 'utf8')));
  return faults.find((found) => found !== null) ?? null;
}

function copyOf({ name, files }: SampleRun, place: string): string {
  const folder = join(place, 'sound', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  return folder;
}

function faultOfShown(text: string): string | null {
  const acting = actingIn(text.replaceAll('\r\n', '\n'));
  return acting === null ? null : `prints ${acting}`;
}

/** No field of text begins as a formula does. */
function faultOfCsv(text: string): string | null {
  const rows = parse(text, { relax_column_count: true, bom: false }) as string[][];
  const acts = (field: string) => /^[=+\-@\t\r\n−＝＋－＠]/.test(field) && !/^-?[\d.]+(e[+-]?\d+)?$/i.test(field);
  const field = rows.flat().find(acts);
  return field === undefined ? null : `a field of CSV is ${JSON.stringify(field)}`;
}

/** As many cells in each line, and no markup. */
function faultOfMarkdown(text: string): string | null {
  const lines = text.trimEnd().split('\n');
  const cells = lines.map((line) => line.split('|').length);
  if (new Set(cells).size > 1) return `a Markdown table with lines of ${cells} cells: ${JSON.stringify(text)}`;
  return /[<`]|\]\(/.test(text) ? `a Markdown table with markup: ${JSON.stringify(text)}` : null;
}

function faultOfFile(name: string, text: string): string | null {
  if (name.endsWith('.csv')) return faultOfCsv(text);
  if (name.endsWith('.svg')) return faultOfPage(text);
  const outside = text.replace(/(`{3,})text\n.*?\n\1\n/s, '');
  const found = /<\w|\]\(javascript:|\]\(https?:|<!--/i.exec(outside);
  return found === null
    ? faultOfShown(text)
    : `${name} has ${JSON.stringify(outside.slice(Math.max(0, found.index - 60), found.index + 60))}`;
}

/** What is called pwn stands in text only: in no element, no attribute, no comment, and ends no script. */
function faultOfPage(page: string): string | null {
  // The program of the page comes last, and is ours.
  const shownPart = page.slice(0, page.lastIndexOf('<script>') + 1 || undefined);
  const shown = faultOfShown(shownPart);
  if (shown !== null) return shown;
  for (const [tag] of shownPart.matchAll(/<[a-z!/](?:"[^"]*"|'[^']*'|[^'">])*>/gi)) {
    const isForeign = /pwn/.test(tag.replace(/"[^"]*"|'[^']*'/g, '')) || /\s(?:href|src)="(?!#|data:)/i.test(tag);
    if (isForeign) return `a page with the element ${tag.slice(0, 300)}`;
  }
  const scripts = shownPart.match(/<script\b/gi) ?? [];
  return scripts.length <= 1 ? null : `a page with ${scripts.length} scripts`;
}

function told({ sample, texts, form }: HostileTexts): string {
  return `${form} of ${sample.name}, with ${JSON.stringify(texts)}`;
}
