import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { topics } from '../../src/cli/topics/index.ts';
import { temporaryFolder } from './command.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const helpOf = (...words: string[]) => execFileSync(process.execPath, [main, ...words], { encoding: 'utf8' });

const overview = helpOf('--help');
const commands = [...overview.matchAll(/^ {2}([a-z]+)[ |].*? {2,}\S/gm)].map((match) => match[1]);
const pages = new Map([['', overview], ...commands.map((name) => [name, helpOf(name, '--help')] as const)]);

/** The command lines of a help text: two spaces, the command, and after more spaces what it does. */
function examplesOf(page: string): string[] {
  const joined = page.replace(/ \\\n\s+/g, ' ');
  const lines = [...joined.matchAll(/^ {2}((?:[A-Z_]+=\S+ )?norm-growth .*)$/gm)];
  return lines.map(([, line]) => line.split(/ {3,}/)[0]);
}

const inHelp = [...pages].flatMap(([name, page]) => examplesOf(page).map((line) => ({ line, of: `${name} --help` })));
const inTopics = topics.flatMap(({ name, page }) =>
  page
    .flatMap((block) => (typeof block === 'object' && 'examples' in block ? block.examples : []))
    .map(([line]) => ({ line, of: `help ${name}` })),
);
/** The command lines of the README's shell blocks, without what stands after `#`. */
const inReadme = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(
  ([, block]) =>
    [...block.matchAll(/^(?:npx )?((?:source <\()?norm-growth .*)$/gm)].map(([, line]) => ({
      line: line.split(/ {2,}#/)[0].trim(),
      of: 'README',
    })),
);
const examples = [...new Map([...inTopics, ...inHelp, ...inReadme].map((example) => [example.line, example])).values()];

it.each(commands)('%s --help has an example', (name) => {
  expect(examplesOf(pages.get(name)!)).not.toEqual([]);
});

it.each(topics)('help $name has an example', ({ name }) => {
  expect(inTopics.filter(({ of }) => of === `help ${name}`)).not.toEqual([]);
});

/** What takes long, or needs a server: why it is not run. */
const left = new Map([
  ['norm-growth check', 'seconds of statistics: test/cli/check.test.ts and test/theorems'],
  ['norm-growth check --kernel plain', 'a minute, by the plain twins'],
  ['norm-growth check --gaps', 'as long: test/theorems'],
  ['norm-growth check --all-scenarios', 'as long: every scenario, as shipped'],
  ['norm-growth run experiments', 'half a minute of trainings'],
  ['norm-growth run fidelity', 'half a minute of trainings'],
  ['norm-growth run eta-p-sweep --queue redis://127.0.0.1:6379/0', 'needs Redis'],
  ['norm-growth run coupled-pair --set popularity.upper=0.01 --replicates 1000000', 'a million pairs'],
  [
    'norm-growth run coupled-pair --replicates 100000000 --until norm.difference.relativeHalfWidth=0.001',
    'millions of pairs',
  ],
  ['norm-growth check A1 A10 --fresh-seed', 'the suite has fixed seeds'],
  ['norm-growth reproduce', 'minutes: test/cli/reproduce does parts of it'],
  ['norm-growth reproduce laws', 'as many seconds: test/cli/reproduce'],
  ['norm-growth reproduce laws counterexample', 'as many seconds: test/cli/reproduce'],
  ['norm-growth reproduce laws --check', 'as many seconds: test/cli/reproduce'],
  ['norm-growth reproduce experiments --check', 'as many seconds: test/cli/reproduce'],
  ['norm-growth reproduce --out /tmp/reference --runs /tmp/runs', 'minutes, and elsewhere'],
  ['norm-growth worker --queue redis://127.0.0.1:6379/0', 'needs Redis'],
  ['NORM_GROWTH_QUEUE=redis://:secret@queue.internal:6379/0 norm-growth worker --workers 8', 'needs Redis'],
]);

it('finds the commands of the README', () => {
  expect(inReadme.length).toBeGreaterThan(20);
});

it('leaves out only examples that are there', () => {
  expect([...left.keys()].filter((line) => !examples.some((example) => example.line === line))).toEqual([]);
});

/** A folder with what the examples name: finished runs, tables, a scenario, another program's trainings. */
const prepared = mkdtempSync(join(tmpdir(), 'norm-growth-examples-'));
afterAll(() => rmSync(prepared, { recursive: true, force: true }));
prepare();

describe('examples do what they say', () => {
  it.each(examples.filter(({ line }) => !left.has(line)))('$of: $line', ({ line }) => {
    const folder = temporaryFolder();
    cpSync(prepared, folder, { recursive: true, verbatimSymlinks: true });
    if (line.includes(' merge ')) addShards(folder);
    const { status, stdout, stderr } = sh(withRuns(line, folder), folder);
    expect({ status, stderr: status === 0 ? '' : stderr.slice(-2000) }).toEqual({ status: 0, stderr: '' });
    // What stands after || is said when the command has failed.
    if (line.includes('||')) expect(stdout).toBe('');
    if (!/[>|]|--output|^source /.test(line)) expect(stdout).not.toBe('');
  });
});

/** Parts of runs, where `merge` is told to look for them; `results/*` of other examples has none. */
function addShards(folder: string): void {
  for (const results of ['results', 'node-1/results']) {
    cpSync(join(prepared, 'shards'), join(folder, results), { recursive: true });
  }
}

/** The line with a real folder in each place of `results/own-gains--…`: another one each time. */
function withRuns(line: string, folder: string): string {
  const runs = readdirSync(join(folder, 'results'));
  return line.replace(/results\/([a-z-]+)--…/g, (_, name: string) => {
    const at = runs.findIndex((run) => run.startsWith(`${name}--`));
    if (at < 0) throw new Error(`no run of ${name} is prepared`);
    return join('results', ...runs.splice(at, 1));
  });
}

function sh(
  line: string,
  cwd: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...env } = process.env;
  const PATH = `${join(prepared, 'bin')}:${process.env.PATH}`;
  return spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8', env: { ...env, PATH, HOME: cwd }, timeout: 60_000 });
}

function mustRun(line: string, folder: string): void {
  const { status, stderr } = sh(line, folder);
  expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' });
}

function prepare(): void {
  mkdirSync(join(prepared, 'bin'));
  const program = join(prepared, 'bin', 'norm-growth');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(program, 0o755);
  // Where `completion --help` puts the scripts.
  for (const home of ['.local/share/bash-completion/completions', '.zfunc', '.config/fish/completions']) {
    mkdirSync(join(prepared, home), { recursive: true });
  }
  symlinkSync(join(root, 'scenarios'), join(prepared, 'scenarios'));
  for (const name of ['exp1.json', 'exp3.json'])
    copyFileSync(join(root, 'test/fixtures/trainer', name), join(prepared, name));
  writeFileSync(
    join(prepared, 'mine.yaml'),
    '{kind: coupled, name: mine, popularity: {lower: 0.02, upper: 0.04}, replicates: 1000, expect: {norm.lower: exact}}',
  );
  for (const name of ['ratings.csv', 'baskets.csv']) writeFileSync(join(prepared, name), table());
  for (const words of [
    'eta-p-sweep --replicates 1000',
    'eta-p-sweep --replicates 2000',
    'own-gains --replicates 1000',
    'own-gains --replicates 2000',
    'iid-gains --replicates 1000',
    'coupled-pair --replicates 1000',
    'coupled-pair --replicates 2000',
    'toy-steps --replicates 1000',
  ]) {
    mustRun(`norm-growth run ${words} --workers 0 --quiet > /dev/null`, prepared);
  }
  for (const part of ['eta-p-sweep 1/3', 'eta-p-sweep 2/3', 'eta-p-sweep 3/3', 'toy-steps 1/2', 'toy-steps 2/2']) {
    const words = part.replace(' ', ' --shard ');
    mustRun(`norm-growth run ${words} --replicates 500 --out shards --workers 0 --quiet > /dev/null`, prepared);
  }
}

/** Purchases of two hundred users, the first items by far the most popular. */
function table(): string {
  const rows = Array.from({ length: 3000 }, (_, row) => {
    const item = Math.floor(50 ** ((row * 0.618_034) % 1));
    return `u${row % 200},i${item}`;
  });
  return ['user,item', ...new Set(rows)].join('\n');
}
