import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandLineOf } from '../../src/cli/completion/command-line.ts';
import { Terminal } from '../dashboard/terminal.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How each shell is started without anybody's settings, and told of the script. */
const shells = [
  { name: 'bash', starts: 'exec bash --noprofile --norc', loads: "PS1='$ '; unset HISTFILE; source ./script" },
  { name: 'zsh', starts: 'exec zsh -f', loads: "PS1='$ '; autoload -Uz compinit; compinit -u -D; source ./script" },
  {
    name: 'fish',
    starts: 'exec fish --no-config --private',
    loads:
      "function fish_prompt; echo '$ '; end; set fish_greeting; set -g fish_autosuggestion_enabled 0; source ./script",
  },
];

/** Names that a shell would act on where they are not quoted. */
const evil = ['evil $(touch pwned)', 'foul`touch pwned`', "grim';touch pwned;'", 'hard"&touch pwned&"', 'idle*[a]?'];
const runs = ['own-gains--0123456789ab', ...evil, 'jinx\u001b[31mred'];

/** What is typed before Tab is pressed, and the words that the program gets then. */
const completed: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['sea', ['search']],
  ['run coup', ['run', 'coupled-pair']],
  ['sweep eta', ['sweep', 'eta-p-sweep']],
  ['run experiments/10', ['run', 'experiments/10-bert-adam']],
  ['run --fres', ['run', '--fresh']],
  ['run coupled-pair --kernel p', ['run', 'coupled-pair', '--kernel', 'plain']],
  ['run --kernel=p', ['run', '--kernel=plain']],
  ['run --set popularity.up', ['run', '--set', 'popularity.upper=']],
  ['check --gaps --fresh', ['check', '--gaps', '--fresh-seed']],
  ['search --claim A1', ['search', '--claim', 'A15']],
  ['check --scenario iid', ['check', '--scenario', 'iid-gains']],
  ['search --gain in', ['search', '--gain', 'in-batch-softmax']],
  ['export --table tr', ['export', '--table', 'trajectory']],
  ['predict --data rat', ['predict', '--data', 'ratings.csv']],
  ['help prec', ['help', 'precision']],
  ['run min', ['run', 'mine.yaml']],
  ['watch results/own', ['watch', 'results/own-gains--0123456789ab']],
  ['replay results/own', ['replay', 'results/own-gains--0123456789ab']],
  [
    'compare results/own-gains--0123456789ab elsewhere/sh',
    ['compare', 'results/own-gains--0123456789ab', 'elsewhere/shard'],
  ],
  ...evil.map((name) => [`export results/${name.slice(0, 3)}`, ['export', `results/${name}`]] as const),
  ['query results/jin', ['query', 'results/jinx\u001b[31mred']],
];

describe.each(shells)('in $name', ({ name, starts, loads }) => {
  const isThere = spawnSync(name, ['-c', 'true']).status === 0;

  it.skipIf(!isThere)('completes what is typed, and quotes what others have named', { timeout: 120_000 }, async () => {
    const terminal = await terminalWith(name, starts, loads);
    for (const [typed, words] of completed) expect(await wordsAfterTab(terminal, typed)).toEqual(words);
    expect(existsSync(join(terminal.folder, 'pwned'))).toBe(false);
  });

  it.skipIf(!isThere)('evaluates nothing that is typed, and shows no escape sequence', async () => {
    const terminal = await terminalWith(name, starts, loads);
    terminal.press('-l', 'norm-growth run $(touch pwned) `touch pwned` --kernel=p');
    terminal.press('Tab');
    await terminal.until('--kernel=plain');
    terminal.press('C-c');
    terminal.press('-l', 'norm-growth check A');
    terminal.press('Tab', 'Tab');
    await terminal.until(/\bA13\b/);
    terminal.press('C-c');
    terminal.press('-l', 'norm-growth watch results/');
    terminal.press('Tab', 'Tab');
    await terminal.until('jinx');
    expect(terminal.screen({ coloured: true })).not.toContain('\u001b[31mred');
    expect(existsSync(join(terminal.folder, 'pwned'))).toBe(false);
  });
});

/** A terminal with a shell that has read the script, in a folder with runs of all names, and a program that tells its words. */
async function terminalWith(
  name: string,
  starts: string,
  loads: string,
  changed = (script: string) => script,
): Promise<Terminal> {
  const terminal = new Terminal(160, 50);
  const { folder } = terminal;
  for (const run of [...runs.map((run) => `results/${run}`), 'elsewhere/shard']) {
    mkdirSync(join(folder, run), { recursive: true });
    writeFileSync(join(folder, run, 'manifest.json'), '{}');
  }
  for (const file of ['ratings.csv', 'mine.yaml']) writeFileSync(join(folder, file), '');
  const script = execFileSync(process.execPath, [main, 'completion', name], { encoding: 'utf8' });
  writeFileSync(join(folder, 'script'), changed(script));
  mkdirSync(join(folder, 'bin'));
  const program = join(folder, 'bin', 'norm-growth');
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\0' "$@" > '${folder}/told' && mv '${folder}/told' '${folder}/words'\n`,
  );
  chmodSync(program, 0o755);
  terminal.type(`PATH="$PWD/bin:$PATH"; HOME="$PWD"; export HOME; ${starts}`);
  terminal.type(`${loads}; echo 'read''y'`);
  await terminal.until('ready');
  terminal.press('C-l');
  await terminal.until((screen) => screen.trim() === '$');
  return terminal;
}

/** The words that the program gets when Tab and Enter are pressed after what is typed. */
async function wordsAfterTab(terminal: Terminal, typed: string): Promise<string[]> {
  const line = `norm-growth ${typed}`;
  terminal.press('-l', line);
  terminal.press('Tab');
  await terminal.until((screen) => screen.trimEnd().split('\n').at(-1)!.length > `$ ${line}`.length);
  terminal.press('Enter');
  const words = join(terminal.folder, 'words');
  await terminal.until(() => existsSync(words));
  const told = readFileSync(words, 'utf8').split('\0').slice(0, -1);
  rmSync(words);
  terminal.press('C-l');
  await terminal.until((screen) => screen.trim() === '$');
  return told;
}

it('a script that does not quote a name has the shell run what stands in it', async () => {
  const [{ name, starts, loads }] = shells;
  const terminal = await terminalWith(name, starts, loads, (script) => script.replace('printf -v run %q "$run"', ':'));
  await wordsAfterTab(terminal, 'export results/evi');
  expect(existsSync(join(terminal.folder, 'pwned'))).toBe(true);
});

it('knows files, folders and runs by what a place is called, and words by choices or by name', () => {
  const program = new Command('p').addCommand(
    new Command('do')
      .alias('make')
      .description('do it: or not')
      .argument('<run or scenario>')
      .addOption(new Option('-f, --format <format>', 'of it (any)').choices(['a', 'b']))
      .option('--out <folder>', 'where')
      .option('--output <file>', 'where')
      .option('--count <number>', 'how many')
      .option('--claim <id>', 'which')
      .option('--fresh', 'anew'),
  );
  const { commands } = commandLineOf(
    program,
    new Map([
      ['scenario', ['s']],
      ['do --claim', ['A1']],
    ]),
  );
  const [{ names, description, options, place }] = commands;
  expect({ names, description, place }).toEqual({
    names: ['do', 'make'],
    description: 'do it',
    place: { name: 'run or scenario', words: ['s'], files: 'runs' },
  });
  expect(Object.fromEntries(options.map(({ names, place }) => [names.at(-1), place]))).toEqual({
    '--format': { name: 'format', words: ['a', 'b'], files: 'none' },
    '--out': { name: 'folder', words: [], files: 'folders' },
    '--output': { name: 'file', words: [], files: 'files' },
    '--count': { name: 'number', words: [], files: 'none' },
    '--claim': { name: 'id', words: ['A1'], files: 'none' },
    '--fresh': null,
    '--help': null,
  });
});
