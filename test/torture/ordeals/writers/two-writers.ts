import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openGenerator } from '../../../../src/random/generators/index.ts';
import { openRunFolder } from '../../../../src/results/open-run-folder.ts';
import { ResultsError } from '../../../../src/results/results-error.ts';
import { startWriter, type WriterProcess } from '../../../results/fixtures/processes.ts';
import { runSample, sampleRequest } from '../../../results/fixtures/sample-run.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';

/** Several processes that want one folder, and what dead ones have left in it. */
export const twoWriters: Ordeal = {
  name: 'two-writers',
  promise:
    'of two to four processes that want one run folder exactly one gets it, and the others are told its process and host; ' +
    'what a dead writer has left never blocks the next, and what is no lock is refused with what to do',
  endure,
};

async function endure({ isBounded, seed, folder, say }: Trial): Promise<Figures> {
  const uniform = openGenerator('alea', 'two writers')(seed);
  const counts = { races: 0, refused: 0, 'writers killed': 0, 'leftovers passed': 0, 'locks refused': 0 };
  const races = isBounded ? 20 : 100;
  while (counts.races < races) {
    // Each holds what it gets until it ends: after some races they are killed, holding all of it.
    const writers = Array.from({ length: 4 }, startWriter);
    const held: string[] = [];
    for (let race = 0; race < 10; race++) {
      say(`race ${counts.races + 1} of ${races}`);
      const results = mkdtempSync(join(folder, 'race-'));
      const racing = writers.slice(0, 2 + Math.floor(3 * uniform()));
      counts.refused += await expectOneWinner(racing, results);
      held.push(results);
      counts.races += 1;
    }
    await Promise.all(writers.map((writer) => writer.kill()));
    counts['writers killed'] += writers.length;
    for (const results of held) await runSample(sampleRequest(results));
  }
  for (const leave of leftovers) {
    say(`a folder with ${leave.name}`);
    const outcome = await openWith(leave, mkdtempSync(join(folder, 'left-')));
    counts[outcome === 'passed' ? 'leftovers passed' : 'locks refused'] += 1;
  }
  return counts;
}

/** Lets processes open one run at the same moment. Returns how many were refused. */
async function expectOneWinner(racing: readonly WriterProcess[], results: string): Promise<number> {
  const answers = await Promise.all(racing.map((writer) => writer.ask(`open ${results}`)));
  const winners = racing.filter((_, index) => answers[index].startsWith('holds '));
  if (winners.length !== 1) throw new Error(`expected one of ${racing.length} to hold the folder, got ${answers}`);
  // The name of the winner may not be written yet at the moment of the race; a moment later it is.
  const loser = racing.find((writer) => writer !== winners[0])!;
  const said = await loser.ask(`open ${results}`);
  const name = `process ${winners[0].pid} on ${hostname()}, since `;
  if (
    !said.startsWith('refused ') ||
    !said.includes(name) ||
    !said.includes('is writing to this folder; wait until it ends')
  )
    throw new Error(`expected to be refused with ${name}, got ${said}`);
  return racing.length - 1;
}

/** What a folder may hold that a run is to be begun or gone on with in. */
interface Leftover {
  readonly name: string;
  /** What the refusal says; null where it is to be no obstacle. */
  readonly says: RegExp | null;
  /** Leaves it in the folder of a run that was begun. */
  leave(run: string): void;
}

const since = '2026-01-01T00:00:00.000Z';
const writer = (of: unknown) => (run: string) => writeFileSync(join(run, 'writer.json'), JSON.stringify(of));
const lock = (make: (path: string) => void) => (run: string) => {
  rmSync(join(run, 'lock'));
  make(join(run, 'lock'));
};

const leftovers: readonly Leftover[] = [
  { name: 'a dead process', says: null, leave: writer({ host: hostname(), pid: 2 ** 22 + 1, since }) },
  { name: 'a process of another host', says: null, leave: writer({ host: 'elsewhere', pid: 1, since }) },
  { name: 'the number of a living process', says: null, leave: writer({ host: hostname(), pid: 1, since }) },
  { name: 'a writer.json that is none', says: null, leave: writer(['\u001b[2J']) },
  { name: 'half a writer.json', says: null, leave: (run) => writeFileSync(join(run, 'writer.json.tmp'), '{"ho') },
  { name: 'no lock', says: null, leave: (run) => rmSync(join(run, 'lock')) },
  { name: 'an empty lock', says: null, leave: (run) => writeFileSync(join(run, 'lock'), '') },
  { name: 'another database as lock', says: null, leave: lock(foreignDatabase) },
  {
    name: 'garbage as lock',
    says: /lock: is not the lock that it should be; nothing is kept in it: remove it$/,
    leave: (run) => writeFileSync(join(run, 'lock'), 'garbage '.repeat(1000)),
  },
  { name: 'a folder as lock', says: /lock: expected a regular file, got/, leave: lock((path) => mkdirSync(path)) },
  {
    name: 'a fifo as lock',
    says: /lock: expected a regular file, got/,
    leave: lock((path) => execFileSync('mkfifo', [path])),
  },
  {
    name: 'a link as lock',
    says: /lock: expected a regular file, got a link/,
    leave: lock((path) => symlinkSync(`${path}-elsewhere`, path)),
  },
  {
    name: 'a copy of the folder as it was being written',
    says: null,
    leave: (run) => copyFileSync(join(run, 'manifest.json'), join(run, 'manifest.json.tmp')),
  },
];

function foreignDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE kept (value); INSERT INTO kept VALUES (42)');
  database.close();
}

async function openWith({ name, says, leave }: Leftover, results: string): Promise<'passed' | 'refused'> {
  const begun = await openRunFolder(sampleRequest(results));
  await begun.close();
  leave(begun.path);
  const outcome = await runSample(sampleRequest(results)).catch((error: Error) => error);
  if (!(outcome instanceof Error) && says === null && existsSync(join(begun.path, 'summary.json'))) return 'passed';
  const isTold = outcome instanceof ResultsError && says?.test(outcome.message);
  if (!isTold) throw new Error(`a folder with ${name}: expected ${says ?? 'to be gone on with'}, got ${outcome}`);
  if (existsSync(`${join(begun.path, 'lock')}-elsewhere`)) throw new Error('a link was followed out of the folder');
  return 'refused';
}
