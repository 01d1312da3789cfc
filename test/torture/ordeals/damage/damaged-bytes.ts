import { appendFileSync, closeSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashOf } from '../../../../src/random/canonical-json.ts';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import { CellsFileWriter, readCellsFile } from '../../../../src/results/cells-file.ts';
import { localDisk } from '../../../../src/results/disk.ts';
import { readRun } from '../../../../src/results/read-run.ts';
import { ResultsError } from '../../../../src/results/results-error.ts';
import { collect } from '../../../results/fixtures/collect.ts';
import { readAll } from '../../../results/fixtures/read-all.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { outcomeOf } from './readers.ts';
import { type SampleRuns, sampleRuns } from './sample-runs.ts';

/** Bits of the files of a run folder are flipped, and garbage is put behind its journal. */
export const damagedBytes: Ordeal = {
  name: 'damaged-bytes',
  promise:
    'a bit that is flipped in a journal, plain or packed, in manifest.json, summary.json or cells.ndjson is found and the ' +
    'file named, unless it changes nothing of what is read; garbage behind a journal is found, and no record lost',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const runs = await sampleRuns(folder);
  const uniform = openGenerator('alea', 'damaged bytes')(seed);
  const counts = { 'bits flipped': 0, found: 0, 'of no account': 0 };
  for (const target of await targetsIn(folder, runs)) {
    say(`flipping bits of ${target.file}`);
    const outcomes = await flipBits(target, target.flips * (isBounded ? 1 : 500), uniform);
    counts['bits flipped'] += target.flips * (isBounded ? 1 : 500);
    counts.found += outcomes.found;
    counts['of no account'] += outcomes['of no account'];
  }
  say('putting garbage behind a journal');
  const tails = isBounded ? 200 : 5000;
  await appendGarbage(runs.finished, tails, uniform);
  return { ...counts, 'garbage tails': tails };
}

/** A file of which bits are flipped. */
interface Target {
  readonly file: string;
  /** How many in the short form. */
  readonly flips: number;
  /** All that is read of it, as text. */
  read(): Promise<string>;
}

async function targetsIn(folder: string, { finished, packed }: SampleRuns): Promise<readonly Target[]> {
  const { manifest, summary } = await readRun(finished);
  const run = async () => JSON.stringify([(await readRun(finished)).manifest, (await readRun(finished)).summary]);
  const journal = (path: string) => journalReader(join(path, 'journal.ndjson'), hashOf(manifest));
  const cells = join(folder, 'cells.ndjson');
  const { cells: few } = summary as unknown as { readonly cells: readonly object[] };
  const facts = await writeCells(cells, [...few, ...few, ...few]);
  return [
    { file: join(finished, 'journal.ndjson'), flips: 1200, read: await journal(finished) },
    { file: join(packed, 'journal.ndjson.zst'), flips: 400, read: await journal(packed) },
    { file: join(finished, 'manifest.json'), flips: 150, read: run },
    { file: join(finished, 'summary.json'), flips: 150, read: run },
    { file: cells, flips: 100, read: async () => JSON.stringify(await collect(readCellsFile(cells, facts))) },
  ];
}

async function writeCells(path: string, cells: readonly object[]) {
  const writer = await CellsFileWriter.open(path, localDisk);
  for (const [index, cell] of cells.entries()) await writer.add(index, cell);
  return writer.finish();
}

/** Reads a journal's records. What a resumed run would cut off is refused here: it says so, and computes it again. */
async function journalReader(path: string, manifestHash: string): Promise<() => Promise<string>> {
  const textOf = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const whole = textOf((await readAll(path, manifestHash)).records);
  return async () => {
    const { records, end } = await readAll(path, manifestHash);
    const text = textOf(records);
    const isCut = end.tail !== null && end.tail.bytes > 0 && whole.startsWith(text);
    if (isCut) throw new ResultsError(`${path}:${end.tail.line}: the last ${end.tail.bytes} bytes are damaged`);
    return text;
  };
}

async function flipBits({ file, read }: Target, flips: number, uniform: () => number) {
  const bytes = readFileSync(file);
  const whole = await read();
  const outcomes = { found: 0, 'of no account': 0 };
  const descriptor = openSync(file, 'r+');
  for (let flip = 0; flip < flips; flip++) {
    const [at, bit] = [Math.floor(bytes.length * uniform()), Math.floor(8 * uniform())];
    writeSync(descriptor, Uint8Array.of(bytes[at] ^ (1 << bit)), 0, 1, at);
    const outcome = await outcomeOf(read, whole, basename(file)).catch((error: Error) => {
      throw new Error(`bit ${bit} of byte ${at} of ${file}: ${error.message}`);
    });
    outcomes[outcome === 'refused' ? 'found' : 'of no account'] += 1;
    writeSync(descriptor, bytes, at, 1, at);
  }
  closeSync(descriptor);
  return outcomes;
}

async function appendGarbage(path: string, times: number, uniform: () => number): Promise<void> {
  const journal = join(path, 'journal.ndjson');
  const { length } = readFileSync(journal);
  const hash = hashOf((await readRun(path)).manifest);
  const whole = JSON.stringify((await readAll(journal, hash)).records);
  for (let turn = 0; turn < times; turn++) {
    const garbage = Uint8Array.from({ length: 1 + Math.floor(200 * uniform()) }, () => Math.floor(256 * uniform()));
    appendFileSync(journal, garbage);
    const { records, end } = await readAll(journal, hash);
    const isFound = end.tail?.bytes === garbage.length && JSON.stringify(records) === whole;
    if (!isFound) throw new Error(`garbage behind a journal was read: ${Buffer.from(garbage).toString('hex')}`);
    truncateSync(journal, length);
  }
}
