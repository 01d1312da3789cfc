import { expect, it } from 'vitest';
import { compareText } from '../../src/report/compare-text.ts';
import { paintWith } from '../../src/report/paint.ts';
import { textWidth } from '../../src/report/text-width.ts';

const plain = paintWith((_, text) => text);

const quantities = [
  {
    quantity: 'norm.lower.mean',
    a: 3.952312,
    b: 5.600889,
    difference: 1.648577,
    standardError: 0.000104,
    zScore: 13.95,
    exact: 1.6485,
    varianceReduction: 19.9,
  },
  {
    quantity: 'norm.difference.mean',
    a: 0.942865,
    b: 0.669751,
    difference: -0.273114,
    standardError: 0.000064,
    zScore: -1977.2,
    exact: -0.27312,
    varianceReduction: 27.6,
  },
  {
    quantity: 'order.shareViolatedAtSomeStep',
    a: 0,
    b: 0,
    difference: 0,
    standardError: 0,
    zScore: null,
    exact: null,
    varianceReduction: null,
  },
];

const comparison = {
  a: 'one',
  b: 'two',
  matchedBy: [],
  cells: [
    {
      cellA: 0,
      cellB: 0,
      place: {},
      differing: { learningRate: [1, 2] as const },
      pairing: { isPaired: true, reason: null },
      replicates: [100_000, 100_000] as const,
      blocks: 13,
      quantities,
    },
  ],
  onlyA: [],
  onlyB: [],
};

it('shows on which side each difference is, with the decimals of its error, and says what its columns mean', () => {
  expect(compareText(comparison, plain)).toBe(`A one
B two
1 pair of cells: the one cell of each

cell 0
  A → B: learningRate 1 → 2
  paired: 100,000 pairs of the same draws in 13 blocks
                      A         B      B − A    ± s.e.       z      exact  v.r.
  E‖q′‖         3.95231   5.60089   +1.64858   0.00010  +13.95   +1.64850  19.9
  E‖q″‖−E‖q′‖  0.942865  0.669751  −0.273114  0.000064  −1,977  −0.273120  27.6
  violated            0         0          0         0       –          –     –

  |z| > 3 in 2 of 2 differences; where nothing differs: in 0.0054 by chance
  1 of 1 cell paired
  B − A: above 0 where B has the larger value; exact: the same by the exact law
  z: B − A in standard errors, as a normal score (few blocks tell less)
  violated: share of the pairs in which the order was violated at some step
  v.r.: variance reduction, how many times more replicates independent runs
        would need for this standard error; only where cells are paired
`);
});

it('fits into 80 columns where numbers have a usual length', () => {
  const lines = compareText(comparison, plain).split('\n');
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
});
