import { expect, it } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatEstimate,
  formatParameter,
  formatSignificant,
  formatZScore,
} from '../../src/report/format-number.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [-1234567, '-1,234,567'],
])('formatCount(%d) is %s', (value, text) => expect(formatCount(value)).toBe(text));

it.each([
  [3.952231, 0.00026, '3.95223'],
  [3.952231, 0.0261, '3.952'],
  [0.6699, 0.2, '0.67'],
  [1e-7, 1e-9, '1.000e-7'],
  [2, 0, '2.00000'],
  [2, null, '2.00000'],
])('formatEstimate(%d, %d) is %s: two digits of the error are kept', (estimate, error, text) => {
  expect(formatEstimate(estimate, error)).toBe(text);
});

it.each([
  [0.412, '+0.41'],
  [-2.1, '−2.10'],
  [1977.4, '+1,977'],
  [-450, '−450'],
  [1.234e6, '+1.2e+6'],
])('formatZScore(%d) is %s', (value, text) => expect(formatZScore(value)).toBe(text));

it.each([
  [0.004, '0.004'],
  [100000, '100,000'],
  [1 / 3, '0.333333'],
])('formatParameter(%d) is %s', (value, text) => expect(formatParameter(value)).toBe(text));

it.each([
  [0.2, '1 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
  [Number.POSITIVE_INFINITY, '?'],
])('formatDuration(%d) is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('keeps numbers that have no digits as they are', () => {
  expect([0, Number.NaN, Number.POSITIVE_INFINITY].map((value) => formatSignificant(value))).toEqual([
    '0',
    'NaN',
    'Infinity',
  ]);
});
