import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../src/random/canonical-json.ts';
import { describeDifference, differences } from '../../src/results/difference.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

describe('differences', () => {
  it('finds none exactly between values with the same canonical form', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(differences(one, JSON.parse(canonicalJson(one)))).toEqual([]);
        expect(differences(one, other).length === 0).toBe(canonicalJson(one) === canonicalJson(other));
      }),
      { seed: 6 },
    );
  });

  it('names each place, the cells in their order', () => {
    const cells = Array.from({ length: 11 }, (_, index) => ({ p: index }));
    const changed = cells.map(({ p }) => ({ p: p === 2 || p === 10 ? -1 : p }));
    expect(differences({ cells, steps: 5 }, { cells: changed, blocks: 5 }).map(({ path }) => path)).toEqual([
      'blocks',
      'cells.2.p',
      'cells.10.p',
      'steps',
    ]);
  });

  it('tells a list from an object with its indices', () => {
    expect(differences(['a'], { 0: 'a' })).toHaveLength(1);
  });
});

describe('describeDifference', () => {
  it('says the path and both values', () => {
    expect(describeDifference({ path: 'seed', stored: 1, present: undefined })).toBe(
      'seed was 1 when the run began and is absent now',
    );
  });

  it('escapes control characters and cuts long values short', () => {
    const message = describeDifference({ path: 'scenario', stored: '\u001b[2J', present: 'x'.repeat(1000) });
    expect(message).toContain('"\\u001b[2J"');
    expect(message.length).toBeLessThan(200);
  });
});
