import { describe, expect, it } from 'vitest';
import { rowDifferences } from '../../../src/cli/reproduce/comparison.ts';
import type { Row } from '../../../src/cli/reproduce/row.ts';
import {
  explained,
  printedDigits,
  printedEstimate,
  printedWithin,
  statement,
} from '../../../src/cli/reproduce/rules.ts';

const said = { claim: 'a claim', source: 'theory' };
const outcomes = (rows: readonly Row[]) => rows.map(({ outcome }) => outcome);

describe('a rule tells a number that agrees from one that does not', () => {
  it('to all printed digits, zeros and signs included', () => {
    const rows = [
      printedDigits(said, '1.490', 1.4904),
      printedDigits(said, '1.490', 1.4906),
      printedDigits(said, '−.315', -0.3151),
      printedDigits(said, '−.315', 0.315),
      printedDigits(said, '.811', Number.NaN),
    ];
    expect(outcomes(rows)).toEqual(['agrees', 'differs', 'agrees', 'differs', 'differs']);
    expect(rows[2].ours).toBe('−0.31510');
    expect(printedDigits(said, '0', -1e-9).ours).toBe('0.00');
  });

  it('within four standard errors, of both where both have some', () => {
    const rows = [
      printedEstimate(said, '10', { estimate: 11.4, standardError: 0.25 }),
      printedEstimate(said, '10', { estimate: 11.6, standardError: 0.25 }),
      printedEstimate(said, '10', { estimate: 11.6, standardError: 0.25, ofReference: 0.3 }),
      printedEstimate(said, '10', { estimate: Number.NaN, standardError: 0.25 }),
    ];
    expect(outcomes(rows)).toEqual(['agrees', 'differs', 'agrees', 'differs']);
  });

  it('within a margin', () => {
    const rows = [11, 13, Number.NaN].map((value) => printedWithin(said, '10', value, 2, 'as told', '%'));
    expect(outcomes(rows)).toEqual(['agrees', 'differs', 'differs']);
    expect(printedWithin(said, '1', 0.99999, 1e-4, 'as told').ours).toBe('0.99999');
    expect(rows[0]).toMatchObject({ reference: '10 %', ours: '11 %', how: 'within 2 percentage points: as told' });
  });

  it('and lets a known reason account for so much alone', () => {
    const differing = statement(said, 'never', 'once', false, 'none');
    expect(explained(differing, 'rounding', true)).toMatchObject({ outcome: 'explained', because: 'rounding' });
    expect(explained(differing, 'rounding', false)).toEqual(differing);
    const agreeing = statement(said, 'never', 'never', true, 'none');
    expect(explained(agreeing, 'rounding', true)).toEqual(agreeing);
  });
});

describe('rows that are compared with kept ones', () => {
  const rows = [1, 2].map((number) => printedDigits({ ...said, claim: `claim ${number}` }, '1', 1));

  it('are the same where nothing has changed', () => {
    expect(rowDifferences(rows, structuredClone(rows))).toEqual([]);
  });

  it.each(['source', 'reference', 'ours', 'outcome', 'how', 'because'])('differ in %s', (field) => {
    const [first, second] = structuredClone(rows);
    const lines = rowDifferences(rows, [first, { ...second, [field]: 'else' }]);
    expect(lines).toEqual([`claim 2: ${field} is else, kept is ${rows[1][field as keyof Row]}`]);
  });

  it('are missed, and noticed', () => {
    expect(rowDifferences(rows, rows.slice(1))).toEqual(['claim 1: is kept, but did not come out']);
    expect(rowDifferences(rows.slice(1), rows)).toEqual(['claim 1: is not among the kept rows']);
  });
});
