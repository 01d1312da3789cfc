import { openGenerator } from '../../../random/generators/index.ts';
import { streamKey } from '../../../random/stream-address.ts';
import type { Design, DesignRequest } from './design.ts';

/**
 * A Latin hypercube: each axis is cut into as many equal strata as there are points, and every stratum of every axis holds
 * exactly one point, placed uniformly within it. Another number of points makes other points.
 *
 * Keeps a table of 8 bytes a point and axis.
 *
 * @see McKay, Beckman and Conover (1979), Technometrics 21
 */
export const latinHypercube: Design = {
  mostAxes: Number.POSITIVE_INFINITY,
  open(request) {
    const shares = Array.from({ length: request.axes }, (_, axis) => sharesOfAxis(request, axis));
    return (cell, axis) => shares[axis][cell];
  },
};

/** So far from the ends of its stratum, in strata, that no rounding puts a point into the next one. */
const margin = 2 ** -30;

function sharesOfAxis({ points, seed }: DesignRequest, axis: number): Float64Array {
  const key = streamKey({ seed, group: 'latin-hypercube', purpose: 'design', block: axis });
  const uniform = openGenerator('sfc32', key)(0);
  const strata = Uint32Array.from({ length: points }, (_, stratum) => stratum);
  for (let last = points - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [strata[last], strata[other]] = [strata[other], strata[last]];
  }
  return Float64Array.from(strata, (stratum) => (stratum + margin + uniform() * (1 - 2 * margin)) / points);
}
