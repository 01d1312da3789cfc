import { describe, expect, it } from 'vitest';
import type { ComparedSection } from '../../../src/cli/reproduce/comparison.ts';
import { comparisonPage } from '../../../src/cli/reproduce/page.ts';
import { explained, leftOut, oursAlone, statement } from '../../../src/cli/reproduce/rules.ts';

const said = { claim: '|q·Δq| ≤ 1e-6 <b>*s*</b>', source: 'theory' };
const agreeing = statement(said, 'yes', 'yes', true, 'as told');
const differing = statement(said, 'yes', 'no', false, 'as told');
const section: ComparedSection = {
  id: 'some',
  title: 'Some',
  about: 'About it.',
  rows: [
    agreeing,
    differing,
    explained(differing, 'rounding', true),
    oursAlone(said, '2', true, 'above 1'),
    leftOut(said, '1', 'private'),
  ],
  tables: [{ file: 'some-points.csv', title: 'Points' }],
  pictures: [{ file: 'some-run-figure.svg', title: 'Figure', caption: 'It shows.' }],
};

describe('the page of a comparison', () => {
  const lines = comparisonPage({ sections: [section] }).split('\n');

  it('marks each row by its outcome, and tells why it differs where that is known', () => {
    const cell = '\\|q·Δq\\| ≤ 1e-6 \\<b\\>\\*s\\*\\</b\\>';
    expect(lines.filter((line) => line.includes(cell))).toEqual([
      `| ✓ | ${cell} | yes | yes | as told | theory |`,
      `| ✗ | ${cell} | yes | no | as told | theory |`,
      `| ≈ | ${cell} | yes | no | as told. It differs: rounding | theory |`,
      `| · | ${cell} | – | 2 | above 1 | theory |`,
      `| – | ${cell} | 1 | – | private | theory |`,
    ]);
  });

  it('counts the rows, of each section and of all', () => {
    const counted = '1 of 3 agree, 1 differs for a known reason, 1 DIFFERS, 1 has no reference, 1 left out';
    expect(lines).toContain(`| [Some](#some) | ${counted} |`);
    expect(lines).toContain(`| all | ${counted} |`);
    expect(lines).toContain(`${counted}.`);
  });

  it('links the tables and shows the pictures with their captions', () => {
    expect(lines).toContain('As CSV: [Points](some-points.csv).');
    expect(lines.slice(-4)).toEqual(['![Figure](some-run-figure.svg)', '', 'It shows.', '']);
  });
});
