import { expect, it } from 'vitest';
import { suggestion } from '../../src/scenarios/nearest-name.ts';

const names = ['popularity.lower', 'batchSize', 'steps'];

it.each([
  ['batchsize', '; did you mean batchSize?'],
  ['step', '; did you mean steps?'],
  ['popularty.lowr', '; did you mean popularity.lower?'],
  ['momentum', ''],
  ['', ''],
])('for %j suggests %j', (name, expected) => {
  expect(suggestion(name, names)).toBe(expected);
});

it('cleans what it suggests', () => {
  expect(suggestion('milk', ['milk\u001b'])).toBe('; did you mean milk\\u{1b}?');
});
