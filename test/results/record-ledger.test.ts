import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostBlocks, mostCells, RecordLedger } from '../../src/results/record-ledger.ts';

describe('RecordLedger', () => {
  it('knows a block again by its text, and keeps the first', () => {
    const ledger = new RecordLedger();
    expect(ledger.has(0, 1)).toBe(false);
    expect(ledger.admit(0, 1, 'a')).toBe('new');
    expect(ledger.admit(0, 1, 'a')).toBe('same');
    expect(ledger.admit(0, 1, 'b')).toBe('conflict');
    expect(ledger.admit(0, 1, 'a')).toBe('same');
    expect([ledger.size, ledger.has(0, 1), ledger.has(1, 0)]).toEqual([1, true, false]);
  });

  it('is a map from addresses to texts, for any addresses', () => {
    const cell = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: mostCells - 1 }));
    const block = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: mostBlocks - 1 }));
    const records = fc.array(fc.tuple(cell, block, fc.constantFrom('a', 'b')), { maxLength: 400 });
    fc.assert(
      fc.property(records, (all) => {
        const ledger = new RecordLedger();
        const known = new Map<string, string>();
        for (const [of, number, text] of all) {
          const key = `${of}/${number}`;
          const expected = !known.has(key) ? 'new' : known.get(key) === text ? 'same' : 'conflict';
          if (!known.has(key)) known.set(key, text);
          if (ledger.admit(of, number, text) !== expected) return false;
        }
        return ledger.size === known.size && all.every(([of, number]) => ledger.has(of, number));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('takes a hundred thousand neighbours in no time: they do not pile up in one place', () => {
    const ledger = new RecordLedger();
    const started = performance.now();
    for (let cell = 0; cell < 1000; cell++) for (let block = 0; block < 100; block++) ledger.admit(cell, block, 'a');
    expect(ledger.size).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('refuses addresses that no plan has', () => {
    expect(() => new RecordLedger().admit(mostCells, 0, 'a')).toThrow(RangeError);
    expect(() => new RecordLedger().admit(0, mostBlocks, 'a')).toThrow(RangeError);
  });
});
