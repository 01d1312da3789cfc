import { describe, expect, it } from 'vitest';
import { RecordLedger } from '../../src/results/record-ledger.ts';

describe('RecordLedger', () => {
  it('knows a block again by its text, and keeps the first', () => {
    const ledger = new RecordLedger();
    expect(ledger.admit(0, 1, 'a')).toBe('new');
    expect(ledger.admit(0, 1, 'a')).toBe('same');
    expect(ledger.admit(0, 1, 'b')).toBe('conflict');
    expect(ledger.admit(0, 1, 'a')).toBe('same');
    expect(ledger.size).toBe(1);
  });

  it('does not confuse addresses with the same digits', () => {
    const ledger = new RecordLedger();
    for (const [cell, block] of [
      [1, 11],
      [11, 1],
      [1, 1],
      [111, 0],
    ] as const) {
      expect(ledger.admit(cell, block, 'a')).toBe('new');
    }
  });
});
