import { describe, expect, it } from 'vitest';
import { wrappedLine } from '../../src/report/wrapped-line.ts';

const text =
  'norm-growth: --set foo — expected the path of a field, got an unknown one\nresults/a-very-long-path-without-any-space: is damaged';

describe('a long message', () => {
  it('is broken between words at the width of a terminal, a long path left whole', () => {
    expect(wrappedLine(text, { isTTY: true, columns: 30 }).split('\n')).toEqual([
      'norm-growth: --set foo —',
      'expected the path of a field,',
      'got an unknown one',
      'results/a-very-long-path-without-any-space:',
      'is damaged',
    ]);
  });

  it.each([
    ['a pipe', {}],
    ['a pipe beside a terminal', { isTTY: false, columns: 30 }],
    ['a terminal that does not say how wide it is', { isTTY: true }],
    ['a terminal of no width', { isTTY: true, columns: 0 }],
    ['a terminal that is wide enough', { isTTY: true, columns: 200 }],
  ])('is left as it is for %s', (_, outlet) => {
    expect(wrappedLine(text, outlet)).toBe(text);
  });
});
