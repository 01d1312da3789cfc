import { describe, expect, it } from 'vitest';
import { type ComparedSection, sectionDifferences, tableDifference } from '../../../src/cli/reproduce/comparison.ts';
import type { Row } from '../../../src/cli/reproduce/row.ts';
import {
  explained,
  oursAlone,
  printedDigits,
  printedEstimate,
  printedWithin,
  statement,
} from '../../../src/cli/reproduce/rules.ts';
import { shownBy } from '../../../src/cli/reproduce/sections/gaps.ts';
import { shorterRows } from '../../../src/cli/reproduce/sections/pairs.ts';
import { gaps } from '../../../src/theorems/gaps/index.ts';

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

  it('within no margin at all, and within one that has more decimals than numbers have', () => {
    const rows = [0, 1e-120].map((margin) => printedWithin(said, '.14', 0.14, margin, 'as told'));
    expect(outcomes(rows)).toEqual(['agrees', 'agrees']);
    expect(printedWithin(said, '.14', 0.15, 0, 'as told')).toMatchObject({ outcome: 'differs', ours: '0.150' });
  });

  it('and says neither of a number that is printed nowhere, unless it is not as it should be', () => {
    const rows = [true, false].map((isTrue) => oursAlone(said, '.9', isTrue, 'above .8'));
    expect(outcomes(rows)).toEqual(['ours alone', 'differs']);
    expect(rows[0].reference).toBe('–');
  });

  it('and lets a known reason account for so much alone', () => {
    const differing = statement(said, 'never', 'once', false, 'none');
    expect(explained(differing, 'rounding', true)).toMatchObject({ outcome: 'explained', because: 'rounding' });
    expect(explained(differing, 'rounding', false)).toEqual(differing);
    const agreeing = statement(said, 'never', 'never', true, 'none');
    expect(explained(agreeing, 'rounding', true)).toEqual(agreeing);
  });
});

describe('a section that is compared with the kept one', () => {
  const section: ComparedSection = {
    id: 'some',
    title: 'Some',
    about: 'About it.',
    rows: [1, 2].map((number) => printedDigits({ ...said, claim: `claim ${number}` }, '1', 1)),
    tables: [{ file: 'some-points.csv', title: 'Points' }],
    pictures: [{ file: 'some-run-figure.svg', title: 'Figure', caption: 'It shows.' }],
  };

  it('is the same where nothing has changed', () => {
    expect(sectionDifferences(section, structuredClone(section))).toEqual([]);
  });

  it.each(['source', 'reference', 'ours', 'outcome', 'how', 'because'])('differs in the %s of a row', (field) => {
    const [first, second] = structuredClone(section.rows);
    const lines = sectionDifferences(section, { ...section, rows: [first, { ...second, [field]: 'else' }] });
    expect(lines).toEqual([`claim 2: ${field} is else, kept is ${section.rows[1][field as keyof Row]}`]);
  });

  it('differs in its words, and in the title and the caption of a picture', () => {
    const [picture] = section.pictures;
    const fresh = { ...section, about: 'else', pictures: [{ ...picture, title: 'Else', caption: 'It hides.' }] };
    expect(sectionDifferences(section, fresh)).toEqual([
      'some: about is else, kept is About it.',
      'some-run-figure.svg: title is Else, kept is Figure',
      'some-run-figure.svg: caption is It hides., kept is It shows.',
    ]);
  });

  it('has what is missed, and what is new', () => {
    const less = { ...section, rows: section.rows.slice(1), tables: [] };
    expect(sectionDifferences(section, less)).toEqual([
      'claim 1: is kept, but did not come out',
      'some-points.csv: is kept, but did not come out',
    ]);
    expect(sectionDifferences(less, section)).toEqual([
      'claim 1: is not among the kept rows',
      'some-points.csv: is not among the kept tables',
    ]);
  });

  it('has a table whose file is missing, or has another line, or more of them', () => {
    const text = 'x,y\r\n1,2\r\n';
    expect(tableDifference('t.csv', text, text)).toEqual([]);
    expect(tableDifference('t.csv', null, text)).toEqual(['t.csv: is missing']);
    expect(tableDifference('t.csv', 'x,y\r\n1,3\r\n', text)).toEqual(['t.csv:2: is 1,2, kept is 1,3']);
    expect(tableDifference('t.csv', `${text}3,4\r\n`, text)).toEqual(['t.csv:3: is , kept is 3,4']);
    expect(tableDifference('t.csv', 'x,y', 'x,y\r\n1,2')).toEqual(['t.csv:2: is 1,2, kept is no such line']);
    expect(tableDifference('t.csv', 'x,y\r\n1,2', 'x,y')).toEqual(['t.csv: has 2 lines, 1 came out']);
  });
});

it('every gap has the measurements that show it named', () => {
  expect(Object.keys(shownBy)).toEqual(gaps.map(({ id }) => id));
});

it('the users of an item account for a size between those that they make, not for any below 0', () => {
  const printed = { difference: '−.315', byUsers: [-0.09, -0.41, -0.95] } as const;
  const sizeOf = (estimate: number) => shorterRows('.50 → .90', printed, { estimate, standardError: 0.001 })[1].outcome;
  expect([-0.3151, -0.4, -0.94, -0.96, -0.08].map(sizeOf)).toEqual([
    'agrees',
    'explained',
    'explained',
    'differs',
    'differs',
  ]);
});
