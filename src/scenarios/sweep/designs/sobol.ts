import { openGenerator } from '../../../random/generators/index.ts';
import { streamKey } from '../../../random/stream-address.ts';
import type { Design } from './design.ts';
import { binaryDigits, directionNumbers, mostDimensions } from './direction-numbers.ts';

/**
 * A Sobol sequence with a random digital shift: the seed flips the same binary digits of all points. More points add to
 * those that are there; the first 2ᵏ of them have exactly one in each of the 2ᵏ equal parts of every axis.
 *
 * The points lie in the middle of their cells of width 2⁻³², so that none sits on an edge.
 *
 * @see Joe and Kuo (2008), SIAM Journal on Scientific Computing 30
 */
export const sobol: Design = {
  mostAxes: mostDimensions,
  open({ axes, seed }) {
    const directions = Array.from({ length: axes }, (_, axis) => directionNumbers(axis));
    const shifts = Array.from({ length: axes }, (_, axis) => shiftOfAxis(seed, axis));
    return (cell, axis) => (((sobolDigits(directions[axis], cell) ^ shifts[axis]) >>> 0) + 0.5) / 2 ** binaryDigits;
  },
};

/** The binary digits of a coordinate of point `index` < 2³², in the order of the Gray code, not shifted. */
export function sobolDigits(directions: Uint32Array, index: number): number {
  let digits = 0;
  for (let code = (index ^ (index >>> 1)) >>> 0, bit = 0; code !== 0; code >>>= 1, bit++) {
    if ((code & 1) === 1) digits ^= directions[bit];
  }
  return digits >>> 0;
}

function shiftOfAxis(seed: number, axis: number): number {
  const key = streamKey({ seed, group: 'sobol', purpose: 'design', block: axis });
  return Math.floor(openGenerator('sfc32', key)(0)() * 2 ** binaryDigits);
}
