import { describe, expect, it } from 'vitest';
import { cellName, namesOf } from '../../../src/report/sources/cell-name.ts';

describe('namesOf', () => {
  const values = [1, 1 + 1e-9, 2];
  const cells = values.map((sigma, index) => ({ index: 10 + index, swept: { sigma } }));

  it('has the numbers of cells that are called alike, and of no others', () => {
    expect(cells.map(({ swept }) => cellName(swept))).toEqual(['sigma = 1', 'sigma = 1', 'sigma = 2']);
    expect(cells.map(namesOf(cells))).toEqual(['sigma = 1 (cell 10)', 'sigma = 1 (cell 11)', 'sigma = 2']);
  });

  it('looks at what the cells are called in its place', () => {
    const names = cells.map(namesOf(cells, ({ swept }) => String(swept.sigma).slice(0, 3)));
    expect(names).toEqual(['1', '1.0', '2']);
  });
});
