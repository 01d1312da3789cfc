import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json, prettyJson } from '../../src/random/canonical-json.ts';
import { asWritten, summaryText } from '../../src/results/summary-checksum.ts';

const sample = { scenario: 's', cells: [{ index: 0, norm: { mean: 1.25 }, exact: null }], failures: [] };
const written = JSON.parse(summaryText(sample));
const { checksum } = written as { checksum: string };

describe('the checksum of a summary', () => {
  it('is that of its values, whatever the white space and the order of the fields', () => {
    expect(asWritten(written, 'summary.json')).toBe(written);
    const { scenario, cells, failures } = written;
    expect(summaryText({ failures, cells, scenario })).toBe(prettyJson({ ...sample, checksum }));
    expect(asWritten({ checksum, failures, cells, scenario }, 'summary.json')).toMatchObject(sample);
    // By sha256sum, of what canonicalJson writes.
    expect(checksum).toBe('8ef3a873e19b296446c374f500468fc475ae945c1f4b159059f222a0d9506199');
  });

  it.each([
    ['a number', { ...written, cells: [{ ...written.cells[0], norm: { mean: 1.2500000000000002 } }] }],
    ['a field that is new', { ...written, note: 'checked' }],
    ['a field that is gone', { scenario: 's', cells: written.cells, checksum }],
    ['null for a number', { ...written, cells: [{ ...written.cells[0], norm: { mean: null } }] }],
    ['the checksum', { ...written, checksum: checksum.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) }],
    ['the checksum’s type', { ...written, checksum: 1 }],
  ])('finds a change by hand, and names the file and the remedy: %s', (_, changed: Json) => {
    const remedy = 'restore the file, or run with --fresh to start a new folder beside it';
    expect(() => asWritten(changed, 'r/summary.json')).toThrow(
      `r/summary.json: is not as the run wrote it: its checksum is of other values; ${remedy}`,
    );
  });

  it.each([
    [sample, 'expected a checksum, got none'],
    [[], 'is no summary of a run'],
    [null, 'is no summary of a run'],
    ['x', 'is no summary of a run'],
  ])('refuses what has none: %j', (summary: Json, message) => {
    expect(() => asWritten(summary, 'r/summary.json')).toThrow(message);
  });

  it('is the same for equal values only', () => {
    const value = fc.record({ a: fc.jsonValue(), b: fc.jsonValue() }) as fc.Arbitrary<Record<string, Json>>;
    fc.assert(
      fc.property(value, value, (one, other) => {
        const mixed = { ...other, checksum: JSON.parse(summaryText(one)).checksum };
        const isSame = canonicalJson(one) === canonicalJson(other);
        if (isSame) expect(asWritten(mixed, 'x')).toBe(mixed);
        else expect(() => asWritten(mixed, 'x')).toThrow('its checksum is of other values');
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});
