import { expect, it } from 'vitest';
import { parseYaml } from '../../src/scenarios/yaml/yaml-text.ts';
import { messageOf } from './files.ts';

const read = (text: string) => parseYaml(text, (position) => `f.yaml:${position}`);
const refusal = (text: string) => messageOf((async () => read(text))());

it('reads YAML 1.2: no octal zeros, no yes, no sexagesimals, no underscores', () => {
  const text = 'a: 1_000\nb: 12:30\nc: yes\nd: 0x10\ne: -0\nf: ~\ng: 1e3\nh: "017"\n';
  const value = { a: '1_000', b: '12:30', c: 'yes', d: 16, e: 0, f: null, g: 1000, h: '017' };
  expect(read(text).value).toStrictEqual(value);
});

it('reads past a byte-order mark, with either line end, and through a few aliases', () => {
  expect(read('\ufeffa: &x {b: 1}\r\nc: *x\r\n').value).toEqual({ a: { b: 1 }, c: { b: 1 } });
});

it.each([
  ['a: 017', 'f.yaml:1:4 — expected a number without leading zeros (or "017" in quotes), got 017'],
  ['a: 1\nb: 2\na: 3', 'f.yaml:3:1 — expected each key once, got "a" again'],
  ['a:\n  __proto__: 1', 'f.yaml:2:3 — expected a field name, got __proto__'],
  ['? [a]\n: 1', 'f.yaml:1:3 — expected a name as key, got something else'],
  ['a: 1\n---\nb: 2', 'f.yaml:2:1 — expected one document, got a second one'],
  ['%YAML 1.1\n---\na: yes', 'f.yaml:1:1 — expected no % directive (YAML 1.2 is meant), got one'],
  ['a: !!binary aGk=', 'f.yaml:1:4 — YAML: Unresolved tag: tag:yaml.org,2002:binary'],
  ['a: [1, 2\nb: 3', /^f.yaml:2:1 — YAML: Flow sequence in block collection must be sufficiently indented/],
  ['a: &a [*a]', 'f.yaml:1:8 — expected an alias of another value, got one of a value that holds it'],
  ['a: *b', 'f.yaml:1:4 — expected an anchor &b before it'],
  ['a: "\u001b', /^f.yaml:1:6 — YAML: Missing closing "quote$/],
])('refuses %j, and says where', async (text, message) => {
  expect(await refusal(text)).toMatch(message);
});

const megabyte = (pattern: string) => pattern.repeat(2 ** 20 / pattern.length);

it.each(['[', '{a: ', '- ', '? ', '""', '&a ', '! ', ']', '---\n', '%a\n', ': ', '[1,', '*a '])(
  'refuses a megabyte of %j before anything walks it',
  async (pattern) => {
    expect(await refusal(megabyte(pattern))).toMatch(
      /^f.yaml:\d+:\d+ — expected at most 50000 YAML tokens \(long lists/,
    );
  },
);

it('refuses nesting past 32 levels and aliases past 50', async () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(await refusal(nested(32))).toBe('no error');
  expect(await refusal(nested(33))).toBe('f.yaml:1:33 — expected at most 32 levels of nesting, got more');
  expect(await refusal(nested(10_000))).toBe('f.yaml:1:33 — expected at most 32 levels of nesting, got more');
  const bomb = 'a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]';
  expect(await refusal(bomb)).toBe('f.yaml:2:23 — expected at most 50 aliases, got more');
});

it('locates values, keys, and the nearest part around what is not there', () => {
  const { locate } = read('a:\n  b: [1, 22]\n  c: {d: 3}\n');
  expect(locate(['a', 'b', 1])).toBe('2:10');
  expect(locate(['a', 'c'], 'key')).toBe('3:3');
  expect(locate(['a', 'c', 'd'])).toBe('3:10');
  expect(locate(['a', 'c', 'e', 'f'])).toBe('3:6');
  expect(locate([])).toBe('1:1');
});
