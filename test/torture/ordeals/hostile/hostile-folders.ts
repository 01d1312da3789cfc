import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { journalLine } from '../../../../src/results/journal-line.ts';
import { summaryText } from '../../../../src/results/summary-checksum.ts';
import type { Ordeal } from '../../ordeal.ts';
import { commandHere } from '../input/here.ts';
import { type Ended, faultOfEnd } from '../input/judge.ts';
import { measuredCommand } from '../input/measured-command.ts';
import { quietly, type SampleRun, sampleRuns } from '../input/sample-runs.ts';

const secret = 'canary-5d1e9c';
const mostBytes = 256 * 2 ** 20;

/** Run folders with links, fifos, devices, giant files and strange neighbours in them, opened by every command that opens one. */
export const hostileFolders: Ordeal = {
  name: 'hostile-folders',
  promise:
    'no link is followed out of a run folder, no special file holds a command up, nothing outside of the output is written',
  async endure({ isBounded, seed, folder, say }) {
    const [sample] = await sampleRuns(folder);
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.json'), `{"secret": "${secret}"}\n`);
    cpSync(join(folder, 'sample-0', sample.name), join(outside, 'run'), { recursive: true });
    const before = listing(outside);
    let opened = 0;
    let refused = 0;
    let peak = 0;
    const check = (what: string, ended: Ended) => {
      opened += 1;
      if (ended.code === 2) refused += 1;
      const told = `${ended.stdout}${ended.stderr}`.includes(secret) ? 'tells what is in a file outside' : null;
      const fault = told ?? faultOfEnd(ended) ?? (listing(outside) === before ? null : 'changes what is outside');
      if (fault !== null) throw new Error(`${what}: ${fault}`);
    };
    const played = Object.entries(tricks).filter((_, index) => !isBounded || index % 3 === seed % 3);
    for (const [trick, play] of played) {
      say(trick);
      const results = join(folder, `tricked-${opened}`);
      const path = join(results, sample.name);
      cpSync(join(folder, 'sample-0', sample.name), path, { recursive: true });
      play({ path, outside, isBounded });
      for (const [command, words] of commandsOn(path, results, join(outside, 'run'), sample)) {
        check(`${command} of a folder where ${trick}`, await commandHere(words));
      }
      const isLarge = trick.includes('giant') || trick.includes('crowded');
      if (isLarge || !isBounded) {
        for (const words of [
          ['watch', path, '--no-tui'],
          ['query', path, 'SELECT count(*) FROM cells'],
        ]) {
          const ended = await measuredCommand(words, folder);
          if (ended.peakBytes === null) throw new Error(`${words[0]} of a folder where ${trick}: hangs`);
          check(`${words[0]} of a folder where ${trick}`, ended);
          if (ended.code !== 2) continue;
          peak = Math.max(peak, ended.peakBytes);
          if (ended.peakBytes > mostBytes) throw new Error(`${words[0]} where ${trick}: took ${ended.peakBytes} bytes`);
        }
      }
      rmSync(results, { recursive: true, force: true });
    }
    return {
      tricks: played.length,
      'commands on them': opened,
      refused,
      'megabytes of a refusal at most': Math.ceil(peak / 2 ** 20),
    };
  },
};

interface Played {
  /** Of the run folder that is to be made hostile. */
  readonly path: string;
  /** Where nothing may be read or written. */
  readonly outside: string;
  readonly isBounded: boolean;
}

const inPlaceOf =
  (name: string, put: (path: string, outside: string) => void) =>
  ({ path, outside }: Played) => {
    rmSync(join(path, name), { recursive: true, force: true });
    put(join(path, name), outside);
  };
const links = (name: string, target: (outside: string) => string) =>
  inPlaceOf(name, (path, outside) => symlinkSync(target(outside), path));
const secretOf = (outside: string) => join(outside, 'secret.json');

const tricks: Readonly<Record<string, (played: Played) => void>> = {
  ...Object.fromEntries(
    ['manifest.json', 'journal.ndjson', 'summary.json', 'lock', 'recordings', 'pictures', 'cells.ndjson'].flatMap((name) => [
      [`${name} is a link to a file outside`, links(name, secretOf)],
      [`${name} is a link to itself`, links(name, () => name)],
      [`${name} is a link to a device`, links(name, () => '/dev/zero')],
      [`${name} is a folder`, inPlaceOf(name, (path) => mkdirSync(path))],
      [`${name} is a fifo`, inPlaceOf(name, (path) => execFileSync('mkfifo', [path]))],
    ]),
  ),
  ...Object.fromEntries(
    ['manifest.json', 'journal.ndjson', 'summary.json'].map((name) => [
      `${name} is a link to the same file of another run`,
      links(name, (outside) => join(outside, 'run', name)),
    ]),
  ),
  'the folder is a link': ({ path, outside }) => {
    rmSync(path, { recursive: true });
    symlinkSync(join(outside, 'run'), path);
  },
  'the folder is a fifo': ({ path }) => {
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
  },
  'the summary names cells in a file outside': ({ path, outside }) =>
    withSummary(path, { cells: [], cellsFile: { name: `../../${outside}/secret.json`, count: 1, sha256: '0'.repeat(64) } }),
  'the summary names cells that are not there': ({ path }) =>
    withSummary(path, { cells: [], cellsFile: { name: 'cells.ndjson', count: 1e15, sha256: '0'.repeat(64) } }),
  'the manifest is giant': ({ path }) => truncateSync(join(path, 'manifest.json'), 2 ** 30),
  'the summary is giant': ({ path }) => truncateSync(join(path, 'summary.json'), 2 ** 30),
  'the journal is giant': ({ path }) => truncateSync(join(path, 'journal.ndjson'), 2 ** 31),
  'the journal has a giant line': ({ path }) => appendFileSync(join(path, 'journal.ndjson'), 'x'.repeat(100_000_000)),
  'the journal has blocks out of range': ({ path }) => {
    for (const address of [{ cell: 1e9, block: 0 }, { cell: 0, block: 1e9 }, { cell: -1, block: 0 }, { cell: 2 ** 53, block: 0.5 }])
      appendFileSync(join(path, 'journal.ndjson'), journalLine(JSON.stringify({ ...address, summary: {} })));
  },
  'the summary has very many cells': ({ path, isBounded }) => {
    const { cells } = JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8'));
    withSummary(path, { cells: Array.from({ length: isBounded ? 300 : 3000 }, (_, index) => ({ ...cells[0], index })) });
  },
  'the summary is nested deeply': ({ path }) => writeFileSync(join(path, 'summary.json'), '['.repeat(1_000_000)),
  'it is crowded': ({ path, isBounded }) => {
    for (let index = 0; index < (isBounded ? 2000 : 100_000); index++) writeFileSync(join(path, `x${index}`), '');
  },
  'its neighbours have strange names': ({ path, outside }) => {
    const results = join(path, '..');
    const names = ['\u001b[2J--3fe70872b9ff', 'CON', 'con.', '-rf', 'PAIRS--3FE70872B9FF', `${'x'.repeat(250)}`, 'e\u0301--3fe70872b9ff', '\u00e9--3fe70872b9ff', 'a\nb', ' ', '...'];
    for (const name of names) mkdirSync(join(results, name));
    for (const number of [2, 3, 999_999_999]) symlinkSync(outside, `${path}.${number}`);
    writeFileSync(join(results, 'pairs--000000000000'), '');
    execFileSync('mkfifo', [join(results, 'pairs--111111111111')]);
    mkdirSync(join(results, 'pairs--222222222222'));
    symlinkSync('/dev/zero', join(results, 'pairs--222222222222', 'manifest.json'));
  },
}; // biome-ignore format: tricks

function withSummary(path: string, changes: object): void {
  const file = join(path, 'summary.json');
  const { checksum: _, ...summary } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, summaryText({ ...summary, ...changes }));
}

function commandsOn(path: string, results: string, sound: string, { words }: SampleRun): [string, string[]][] {
  const output = join(results, 'output');
  return [
    ['watch', ['watch', path, '--no-tui']],
    ['export', ['export', path, '--table', 'long', '--format', 'csv']],
    ['replay', ['replay', path, '--cell', '0', '--pair', '0']],
    ['compare', ['compare', path, sound]],
    ['merge', ['merge', path, '--out', join(results, 'merged')]],
    ['report', ['report', path, '--figure', 'norm-trajectories', '--output', output]],
    ['run', ['run', ...words, ...quietly, '--out', results]],
    ['run again, with more', ['run', ...words, ...quietly, '--replicates', '50', '--out', results]],
  ];
}

/** Names, sizes, times and contents of all files of a folder. */
function listing(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names
    .map((name) => {
      const found = lstatSync(join(folder, name));
      return `${name} ${found.mode} ${found.mtimeMs} ${found.isFile() ? readFileSync(join(folder, name), 'latin1') : ''}`;
    })
    .join('\n');
}
