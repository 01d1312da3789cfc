import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrixOf } from '../../src/maths/matrix.ts';
import { losses } from '../../src/trainer/losses/index.ts';
import { infoNceCosine, infoNceDot } from '../../src/trainer/losses/info-nce.ts';
import type { Loss } from '../../src/trainer/losses/loss.ts';

const entry = fc.double({ min: 0.1, max: 3, noNaN: true }).chain((size) => fc.constantFrom(size, -size));
const rows = fc.array(entry, { minLength: 12, maxLength: 12 }).map((entries) => matrixOf(4, 3, entries));

/** The central difference of the loss in one entry; error O(h²), rounding O(1e-16/h). */
function slope(loss: Loss, users: Matrix, items: Matrix, side: 'users' | 'items', index: number): number {
  const h = 1e-5;
  const at = (shift: number) => {
    const moved = {
      users: { ...users, values: users.values.slice() },
      items: { ...items, values: items.values.slice() },
    };
    moved[side].values[index] += shift;
    return loss.gradient(moved.users, moved.items).value;
  };
  return (at(h) - at(-h)) / (2 * h);
}

describe.each([...losses, infoNceCosine(0.3), infoNceDot(2)])('$name', (loss) => {
  it('has the gradient that central differences find', () => {
    fc.assert(
      fc.property(
        rows,
        rows,
        fc.nat(11),
        fc.constantFrom('users' as const, 'items' as const),
        (users, items, index, side) => {
          const gradient = loss.gradient(users, items)[side].values[index];
          const found = slope(loss, users, items, side, index);
          // Third derivatives here stay below 10³ for rows of at least 0.1: h² of them is 1e-7.
          expect(Math.abs(gradient - found)).toBeLessThan(1e-6 * (1 + Math.abs(found)));
        },
      ),
    );
  });
});

it('takes a row of zeros for a row of length 1e-12', () => {
  const users = matrixOf(1, 2, [0, 0]);
  const { value, users: gradient } = infoNceCosine(1).gradient(users, matrixOf(1, 2, [1, 0]));
  expect(value).toBe(0);
  expect([...gradient.values].every(Number.isFinite)).toBe(true);
});
