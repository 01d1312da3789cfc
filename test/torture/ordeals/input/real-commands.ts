import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Ordeal } from '../../ordeal.ts';
import { textChanges } from './hazards.ts';
import { faultOfEnd } from './judge.ts';
import { type Measured, measuredCommand } from './measured-command.ts';

const mostBytes = 256 * 2 ** 20;

/** Input so wrong that the real command, in a process of its own, must refuse it: large files, endless ones, wild words. */
export const realCommands: Ordeal = {
  name: 'real-commands',
  promise: 'the command refuses hostile files and words with exit code 2, one message, and at most 256 MB of memory',
  async endure({ isBounded, seed, folder, say }) {
    mkdirSync(join(folder, 'folder'));
    for (const [name, content] of Object.entries(files())) writeFileSync(join(folder, name), content);
    truncateSync(join(folder, 'sparse.yaml'), 2 ** 33);
    truncateSync(join(folder, 'sparse.csv'), 2 ** 33);
    const damaged = fc.sample(damagedScenario, { seed, numRuns: isBounded ? 4 : 150 });
    const cases = [...(isBounded ? wrong.filter((_, index) => index % 12 === seed % 12) : wrong), ...damaged];
    const faults: string[] = [];
    let peak = 0;
    const waiting = [...cases];
    const worker = async () => {
      for (let words = waiting.pop(); words !== undefined; words = waiting.pop()) {
        say(`${cases.length - waiting.length} of ${cases.length} commands`);
        const ended = await measuredCommand(words, folder);
        const fault = faultOfRefused(ended);
        if (fault !== null) faults.push(`norm-growth ${JSON.stringify(words).slice(0, 500)}: ${fault}`);
        peak = Math.max(peak, ended.peakBytes ?? 0);
      }
    };
    await Promise.all([worker(), worker()]);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return { commands: cases.length, 'megabytes at most': Math.ceil(peak / 2 ** 20) };
  },
};

function faultOfRefused(ended: Measured): string | null {
  if (ended.peakBytes === null) return 'hangs';
  if (ended.code !== 2) return `exit code ${ended.code}: ${ended.stderr.slice(0, 1000)}`;
  if (ended.peakBytes > mostBytes) return `took ${Math.round(ended.peakBytes / 2 ** 20)} MB`;
  return faultOfEnd(ended);
}

const head = 'kind: coupled\nname: x\npopularity: {lower: 0.1, upper: 0.2}\n';
const long = (text: string, bytes = 10_000_000) => text.repeat(Math.ceil(bytes / text.length));

/** What is written into the folder before. */
function files(): Readonly<Record<string, string | Buffer>> {
  const billion = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map((name, at) => {
    return `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(', ')}]`;
  })].join('\n'); // biome-ignore format: a bomb
  return {
    'bomb.yaml': billion,
    'large.yaml': long(`${head}# more\n`),
    'tokens.yaml': `${head}expect: [${long('1, ', 900_000)}]`,
    'deep.yaml': long('[', 900_000),
    'deep-keys.yaml': long('a: {', 900_000),
    'wide.yaml': `${head}sweep: {learningRate: [${Array.from({ length: 20_000 }, (_, index) => index + 1)}]}`,
    'conditions.yaml': `${head}sweep: {learningRate: [1, 2], where: [${Array(11_000).fill(`"${'q'.repeat(60)} < 1"`)}]}`,
    'cells.yaml': `${head}sweep: {learningRate: {linear: [0.1, 1, 100000]}, batchSize: {linear: [1, 10000, 10000]}}`,
    'twice.yaml': `${head}name: y\n`,
    'prototype.yaml': `${head}__proto__: {polluted: true}\n`,
    'utf-16.yaml': Buffer.from(`\ufeff${head}`, 'utf16le'),
    'latin.yaml': Buffer.from(`${head}description: M\u00fcsli\n`, 'latin1'),
    'escape.yaml': `${head}"\u001b[2J\u001b]52;c;eA==\u0007": 1\n`,
    'sparse.yaml': '',
    'sparse.csv': '',
    'data.yaml': 'kind: coupled\nname: x\npopularity: {data: wide.csv, percentiles: [1, 99]}\n',
    'wide.csv': `${Array.from({ length: 150_000 }, (_, index) => `column${index}`)}\n1,2\n`,
    'open.csv': `user,item\n1,"${long('never closed\n', 5_000_000)}`,
    'ids.csv': `user,item\n1,${long('i', 2_000_000)}\n2,b\n`,
    'bad.csv': `user,item\n${long('bad\n', 2_000_000)}`,
    'names.csv': `user,item\n${Array.from({ length: 200_000 }, (_, at) => `${at % 10},${'item'.repeat(14)}${at}`).join('\n')}\n`,
    'deep.json': long('['),
    'large.json': `[${long('0,', 40_000_000)}0]`,
    'not.json': '\u001b[31mno',
    'empty.json': '{}',
    'trace.yaml': `${head}gain: {model: trace, sharing: common, file: trace.txt}\n`,
    'trace.txt': `${long('1\n', 1_000_000)}-1\n`,
  };
} // biome-ignore format: files

const from = (data: string, more = '') =>
  `{kind: coupled, name: x, popularity: {data: ${data}, percentiles: [1, 99]${more}}}`;

/** Command lines that can only be refused. */
const wrong: readonly (readonly string[])[] = [
  ...[
    'bomb', 'large', 'tokens', 'deep', 'deep-keys', 'conditions', 'cells', 'twice', 'prototype', 'utf-16', 'latin',
    'escape', 'sparse', 'data', 'trace',
  ].map((name) => ['run', `${name}.yaml`, '--workers', '0', '--quiet']),
  ...['folder', '/dev/zero', '/dev/stdin', '/proc/self/mem', 'nowhere', '', `${'x'.repeat(5000)}`, '../'.repeat(2000), '-'].map(
    (name) => ['run', '--quiet', '--', name],
  ),
  ...['open.csv', 'ids.csv', 'bad.csv', 'sparse.csv', '/dev/zero', '/dev/stdin', 'folder', '"a\\0b"'].map((name) => ['run', from(name)]),
  ['run', `{kind: coupled, name: x, popularity: {data: names.csv, items: [${'item'.repeat(14)}x, b]}}`],
  ['run', from('wide.csv', `, userColumn: ${'column'.repeat(8)}`)],
  ...['deep.json', 'large.json', 'not.json', 'empty.json', 'sparse.csv', '/dev/zero', 'folder', 'nowhere'].map((name) => ['parity', name]),
  ...['0', '-1', '1e400', 'nan', '1.5', '١', '', ' ', 'x', '\u001b[2J', '9'.repeat(400)].map((word) => ['run', 'toy-steps', '--replicates', word]),
  ...['-1', '257', '1.5', 'x', '', '\u009b2J'].map((word) => ['run', 'toy-steps', '--workers', word]),
  ...['0/1', '2/1', '1/0', '1/100000', '-1/2', '1', '1/2/3', 'a/b', ''].map((word) => ['run', 'toy-steps', '--shard', word]),
  ...['localhost', 'http://x', 'redis://', 'redis://h/x', 'redis://:p@:1/0', 'redis://h:99999/0', '\u001b[2J'].map((word) => ['run', 'toy-steps', '--queue', word]),
  ...['learningRate=log:0:1:3', 'learningRate=log:1:10:1000000000', 'learningRate=linear:0:1:0', 'learningRate=linear:0:1:-3', 'learningRate=log:1:nan:3', 'learningRate=1,1', 'learningRate=', 'x=1', '__proto__=1', '=', '\u001b=1'].map((word) => ['run', 'toy-steps', '--sweep', word]),
  ...['steps=-1', 'steps=1e400', 'popularity.lower=.nan', 'popularity={lower: 2}', 'gain.model=x', '__proto__.a=1', 'constructor=1', 'steps', 'steps=[1', 'name=../../x', 'name=-x', 'name=con:', 'name=a/b', `name=${'x'.repeat(300)}`, 'name=CON', 'name=E\u0301', 'name="a\\0"', 'name=.hidden', 'name=""'].map((word) => ['run', 'toy-steps', '--set', word]),
  ...['halfWidth=0', 'halfWidth=-1', 'level=2', 'x=1', 'halfWidth=.inf', 'halfWidth'].map((word) => ['run', 'toy-steps', '--until', word]),
  ...['sobol:0', 'sobol:-1', 'sobol:1e9', 'halton:3', 'sobol', ''].map((word) => ['run', 'toy-steps', '--sweep', 'learningRate=log:0.1:100', '--design', word]),
  ['check', 'A99'], ['check', '\u001b[2J'], ['check', 'A1', '--budget', '0'], ['check', '--scenario', 'bomb.yaml'],
  ['predict'], ['predict', '--data', 'bad.csv'], ['predict', '--data', '/dev/zero'], ['predict', '--popularity', 'zipf:1:1e9'],
  ['predict', '--popularity', 'zipf:nan:10'], ['predict', '--popularity', 'zipf:1:100', '--top-k', '99'],
  ['search', '--claim', 'A99'], ['search', '--steps', '1e9'], ['search', '--gain', '\u001b[2J'],
  ['replay', 'toy-steps', '--pair', '1e9'], ['replay', 'nowhere', '--pair', '0'], ['replay', 'bomb.yaml', '--pair', '0'],
  ['watch', 'folder'], ['watch', 'nowhere'], ['watch', 'folder', '--fps', '0'], ['report', 'folder'], ['report', 'bomb.yaml'],
  ['export', 'folder'], ['export', 'nowhere', '--format', 'xml'], ['query', 'folder', 'FROM runs'], ['merge', 'folder', '--out', 'm'],
  ['compare', 'folder', 'nowhere'], ['schema', 'nothing'], ['completion', 'csh'], ['help', '\u001b[2J'], ['nothing'], ['--nothing'],
  ['reproduce', '\u001b[2J'], ['worker', '--queue', 'x'], ['list', 'more'],
]; // biome-ignore format: command lines

const damagedScenario: fc.Arbitrary<readonly string[]> = textChanges.map((change) => {
  const text = change('{kind: coupled, popularity: {lower: 0.1, upper: 0.2}, batchSize: 8, steps: 20, replicates: 3}');
  // Without a name none is whole, whatever the changes make of it.
  return ['run', `{${text.replaceAll('\0', '').slice(1)}`, '--workers', '0', '--quiet'];
});
