import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readParameterFile } from '../../src/scenarios/parameter-file.ts';
import { messageOf, written } from './files.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../fixtures/${name}.json`, import.meta.url)), 'utf8'));
const refusal = (content: string) => messageOf(readParameterFile(written('p.json', content)));

type File = ReturnType<typeof fixture>;

it.each<[string, string, (file: File) => void, string]>([
  ['trainer/exp1', 'no item.weight', ({ params }) => delete params['item.weight'], 'params.item.weight — expected'],
  ['trainer/exp1', 'an unknown user', (file) => (file.pairs[3] = [99, 0]), 'pairs[3] — expected a user and an item'],
  ['trainer/exp1', 'a name too many', (file) => file.user_names.push('x'), 'params.left.emb.weight — expected 8 ×'],
  ['trainer/exp1', 'an endless training', (file) => (file.snapshots[1].step = 1e9), 'snapshots[1].step — expected'],
  [
    'trainer/exp1',
    'steps out of order',
    (file) => file.snapshots.reverse(),
    'snapshots[1].step — expected a later step',
  ],
  ['towers/bert-pre-mean-gelu', 'a token too high', (file) => (file.sequences[0][0] = 99), 'sequences[0] — expected'],
  ['towers/bert-pre-mean-gelu', 'three heads', (file) => (file.bert.heads = 3), 'bert.heads — expected a divisor of'],
  [
    'towers/bert-pre-mean-gelu',
    'a layer too many',
    (file) => (file.bert.layers += 1),
    'expected 8 × 8 numbers, got none',
  ],
])('refuses %s with %s', async (name, _, change, message) => {
  const file = fixture(name);
  change(file);
  expect(await refusal(JSON.stringify(file))).toContain(message);
});

it.each([
  ['['.repeat(100_000), 'p.json — expected at most 8 levels of nesting, got more'],
  [' '.repeat(5_000_000), 'p.json — expected at most 4194304 bytes, got 5000000'],
  ['\u001b[2J', "p.json — expected JSON: Unexpected token '\\u{1b}'"],
])('refuses %.5j before it costs anything, and shows it harmless', async (content, message) => {
  expect(await refusal(content)).toContain(message);
});
