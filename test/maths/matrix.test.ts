import { expect, it } from 'vitest';
import {
  addScaled,
  dot,
  gatherRows,
  matrixOf,
  rowOf,
  times,
  timesTransposed,
  transposed,
  zeros,
} from '../../src/maths/matrix.ts';

const a = matrixOf(2, 3, [1, 2, 3, 4, 5, 6]);
const b = matrixOf(2, 3, [1, 0, -1, 2, 1, 0]);

it('multiplies, by hand', () => {
  expect([...timesTransposed(a, b).values]).toEqual([-2, 4, -2, 13]);
  expect(times(a, transposed(b))).toEqual(timesTransposed(a, b));
  expect([...transposed(a).values]).toEqual([1, 4, 2, 5, 3, 6]);
  expect(dot([1, 2], [3, 4])).toBe(11);
});

it('gathers copies of rows, as often as they are named', () => {
  const gathered = gatherRows(a, [1, 0, 1]);
  expect([...gathered.values]).toEqual([4, 5, 6, 1, 2, 3, 4, 5, 6]);
  gathered.values[0] = 100;
  expect(a.values[3]).toBe(4);
});

it('gives rows as views', () => {
  const matrix = zeros(2, 2);
  addScaled(rowOf(matrix, 1), 2, [3, 4]);
  expect([...matrix.values]).toEqual([0, 0, 6, 8]);
});

it('refuses another number of entries', () => {
  expect(() => matrixOf(2, 2, [1, 2, 3])).toThrow('expected 2 × 2 entries, got 3');
});
