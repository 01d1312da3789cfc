import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashOf, prettyJson } from '../../src/random/canonical-json.ts';

describe('canonicalJson', () => {
  it('sorts the keys at every depth and writes no whitespace', () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: 'x y' })).toBe('{"a":"x y","b":[1,{"c":true,"d":null}]}');
  });

  it('sorts keys that look like numbers as text', () => {
    expect(canonicalJson({ 10: 0, 9: 0, A: 0 })).toBe('{"10":0,"9":0,"A":0}');
  });

  it('writes −0 as 0', () => {
    expect(canonicalJson({ difference: -0 })).toBe('{"difference":0}');
  });

  it('leaves out properties that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('reads back as the value it was given, and is its own canonical form', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(text).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
      }),
      { seed: 1 },
    );
  });

  it('does not depend on the order in which keys were added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double({ noNaN: true, min: -1e9, max: 1e9 })), (dictionary) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(dictionary).reverse()))).toBe(canonicalJson(dictionary));
      }),
      { seed: 2 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d and says where it is',
    (bad) => {
      const value = { cells: [{ mean: 1 }, { mean: bad }] };
      expect(() => canonicalJson(value)).toThrow(RangeError);
      expect(() => canonicalJson(value)).toThrow(`numbers must be finite, got ${bad} at cells[1].mean`);
    },
  );

  it.each([
    [10n, 'bigint'],
    [() => 0, 'function'],
    [new Float64Array(2), '[object Float64Array]'],
    [new Map(), '[object Map]'],
    [new Date(0), '[object Date]'],
    [new (class Summary {})(), '[object Object]'],
    [undefined, 'undefined'],
  ])('refuses %s, which is not JSON', (bad, kind) => {
    expect(() => canonicalJson([bad])).toThrow(
      new TypeError(`canonicalJson: expected a JSON value, got ${kind} at [0]`),
    );
  });
});

describe('hashOf', () => {
  it('is the SHA-256 of the canonical text', () => {
    expect(hashOf({ b: 1, a: 2 })).toBe(createHash('sha256').update('{"a":2,"b":1}').digest('hex'));
  });
});

describe('prettyJson', () => {
  it('sorts, indents by two and ends the line', () => {
    expect(prettyJson({ b: 1, a: [2] })).toBe('{\n  "a": [\n    2\n  ],\n  "b": 1\n}\n');
  });
});
