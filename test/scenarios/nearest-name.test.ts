import { expect, it } from 'vitest';
import { pathSuggestion, suggestion } from '../../src/scenarios/nearest-name.ts';

const names = ['popularity.lower', 'batchSize', 'steps'];

it.each([
  ['batchsize', '; did you mean batchSize?'],
  ['step', '; did you mean steps?'],
  ['popularty.lowr', '; did you mean popularity.lower?'],
  ['momentum', ''],
  ['', ''],
  ['z', ''],
  ['stxx', ''],
])('for %j suggests %j', (name, expected) => {
  expect(suggestion(name, names)).toBe(expected);
});

it.each([
  ['z', 'a'],
  ['ab', 'cd'],
  ['a', 'ab'],
  ['kim', 'k'],
])('for %j does not suggest %j, of which less than half is the same', (name, other) => {
  expect(suggestion(name, [other])).toBe('');
});

it('cleans what it suggests', () => {
  expect(suggestion('milk', ['milk\u001b'])).toBe('; did you mean milk\\u{1b}?');
});

it.each([
  ['popularity.lowr', '; did you mean popularity.lower?'],
  ['lower', '; did you mean popularity.lower or until.norm.lower?'],
  ['norm.foo', '; did you mean until.norm.lower?'],
  ['norm.lower', '; did you mean until.norm.lower or popularity.lower?'],
  ['foo', ''],
  ['', ''],
])('for the path %j suggests %j', (path, expected) => {
  expect(pathSuggestion(path, [...names, 'until.norm.lower'])).toBe(expected);
});

it('compares no more than ten thousand of a million names', () => {
  const item = 'item'.repeat(15);
  const names = Array.from(
    { length: 1_000_000 },
    (_, index) => `${item.slice(0, -7)}${String(index).padStart(7, '0')}`,
  );
  const { user } = process.cpuUsage();
  suggestion(`${item}x`, names);
  expect(process.cpuUsage().user - user).toBeLessThan(5e6);
});
