import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InfoNceKernel, type Precision } from '../../src/kernels/info-nce-kernel.ts';
import { gatherRows, type Matrix, matrixOf, zeros } from '../../src/maths/matrix.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { infoNceCosine, infoNceDot } from '../../src/trainer/losses/info-nce.ts';

interface Case {
  readonly users: Matrix;
  readonly items: Matrix;
  readonly pairs: { readonly users: number[]; readonly items: number[] };
  readonly temperature: number;
  readonly isCosine: boolean;
}

/** Tables of a few rows, so that rows come twice in a batch; sizes on both sides of vectors, tiles and blocks. */
const cases = fc
  .record({
    batch: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 25, 31, 32, 33, 64, 67),
    dimension: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 31, 64),
    seed: fc.nat(2 ** 30),
    // Below .1 the greatest score of a row is looked for, above it 1/τ bounds every cosine.
    temperature: fc.constantFrom(0.05, 0.09, 0.1, 0.5, 1, 3),
    isCosine: fc.boolean(),
  })
  .map(({ batch, dimension, seed, temperature, isCosine }): Case => {
    const uniform = openGenerator('sfc32', seed.toString(16).padStart(8, '0').repeat(8))(0);
    const table = (rows: number) =>
      matrixOf(
        rows,
        dimension,
        Array.from({ length: rows * dimension }, () => (uniform() < 0.5 ? -1 : 1) * (0.2 + uniform())),
      );
    const rows = (count: number) => Array.from({ length: batch }, () => Math.floor(count * uniform()));
    return { users: table(40), items: table(30), pairs: { users: rows(40), items: rows(30) }, temperature, isCosine };
  });

function open({ users, items, pairs }: Case, precision: Precision): InfoNceKernel {
  const kernel = new InfoNceKernel({
    precision,
    users: users.rows,
    items: items.rows,
    dimension: users.columns,
    batch: pairs.users.length,
  });
  kernel.users.set(users.values);
  kernel.items.set(items.values);
  return kernel;
}

/** The largest difference, as a share of the scale. */
function gap(found: ArrayLike<number>, expected: ArrayLike<number>, scale: number): number {
  return Math.max(...Array.from(expected, (value, index) => Math.abs(value - found[index]))) / scale;
}

// Rounding of a score x is x ulps of its power: of 20 in single, of at most 64 · 1.44/.05 in double; gradients are
// differences of signals as large as 1/(τ · .2).
describe.each([
  ['double', 1e-12],
  ['single', 2e-5],
] as const)('in %s precision', (precision, tolerance) => {
  it('has the loss, the gradients and the step of its plain twin', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { users, items, pairs, temperature, isCosine } = drawn;
        fc.pre(precision === 'double' || isCosine || temperature >= 1);
        const plain = isCosine ? infoNceCosine(temperature) : infoNceDot(temperature);
        const expected = plain.gradient(gatherRows(users, pairs.users), gatherRows(items, pairs.items));
        const kernel = open(drawn, precision);
        const scale = Math.max(1, 1 / temperature);
        expect(
          gap([kernel.loss(pairs.users, pairs.items, temperature, isCosine)], [expected.value], scale),
        ).toBeLessThan(tolerance);
        const [ofUsers, ofItems] = [expected.users, expected.items].map(({ rows, columns }) => zeros(rows, columns));
        kernel.copyGradients(ofUsers.values, ofItems.values);
        expect(gap(ofUsers.values, expected.users.values, scale)).toBeLessThan(tolerance);
        expect(gap(ofItems.values, expected.items.values, scale)).toBeLessThan(tolerance);
        kernel.descend(0.3, 0.7);
        descend(users, pairs.users, expected.users, 0.3);
        descend(items, pairs.items, expected.items, 0.7);
        expect(gap(kernel.users, users.values, scale)).toBeLessThan(tolerance);
        expect(gap(kernel.items, items.values, scale)).toBeLessThan(tolerance);
      }),
      { numRuns: 300 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30, 1e200])(
    'has no finite loss for a row of %d too large',
    (entry) => {
      for (const isCosine of [true, false]) {
        const sample = matrixOf(3, 2, [1, 2, entry, entry, 3, 1]);
        const pairs = { users: [0, 1, 2], items: [0, 1, 2] };
        const drawn = { users: sample, items: sample, pairs, temperature: 1, isCosine };
        const loss = open(drawn, precision).loss(pairs.users, pairs.items, 1, isCosine);
        const isTooLarge = !Number.isFinite(
          precision === 'single' ? Math.fround(2 * Math.fround(entry * entry)) : 2 * entry * entry,
        );
        expect(Number.isFinite(loss)).toBe(!isTooLarge);
      }
    },
  );

  it('takes smaller batches than the largest, and refuses larger ones', () => {
    const pairs = { users: [0, 1, 2, 3, 4], items: [4, 3, 2, 1, 0] };
    const sample = matrixOf(
      5,
      3,
      Array.from({ length: 15 }, (_, index) => Math.sin(index + 1)),
    );
    const kernel = open({ users: sample, items: sample, pairs, temperature: 1, isCosine: true }, precision);
    const few = { users: [3, 3], items: [1, 0] };
    const expected = infoNceCosine(1).gradient(gatherRows(sample, few.users), gatherRows(sample, few.items));
    kernel.loss(pairs.users, pairs.items, 1, true);
    expect(kernel.loss(few.users, few.items, 1, true)).toBeCloseTo(expected.value, 5);
    expect(() => kernel.loss([...pairs.users, 0], [...pairs.items, 0], 1, true)).toThrow(/at most 5 pairs, got 6/);
  });
});

it('refuses tables that have no room in its memory', () => {
  const shape = { precision: 'double', users: 5e6, items: 10, dimension: 64, batch: 4 } as const;
  expect(() => new InfoNceKernel(shape)).toThrow(/more than 2 GiB/);
});

function descend(table: Matrix, rows: readonly number[], gradient: Matrix, rate: number): void {
  for (const [slot, row] of rows.entries()) {
    for (let axis = 0; axis < table.columns; axis++) {
      table.values[row * table.columns + axis] -= rate * gradient.values[slot * table.columns + axis];
    }
  }
}
