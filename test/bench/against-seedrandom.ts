import seedrandom from 'seedrandom';
import type { Contests, Side } from './contest.ts';
import { ourSide } from './our-side.ts';
import { type Point, pairParameters, pointA } from './points.ts';

/** The events kernel against the definition written down naively: a number of `seedrandom` for each slot. */
export const againstSeedrandom: Contests = () => [
  {
    kernel: 'events',
    point: pointA.name,
    contender: 'seedrandom',
    unit: 'ns/pair',
    ours: ourSide({ pair: pairParameters(pointA, 'constant'), kernel: 'auto' }),
    theirs: slotBySlot(pointA),
    exact: pointA.exact,
  },
];

function slotBySlot(point: Point): Side {
  return (pairs, round) => {
    const start = process.cpuUsage();
    const random = seedrandom(`bench ${round}`);
    const [lower, upper] = [new Float64Array(pairs), new Float64Array(pairs)];
    for (let pair = 0; pair < pairs; pair++) {
      const norms = trainings(point, random);
      lower[pair] = norms[0];
      upper[pair] = norms[1];
    }
    const { user, system } = process.cpuUsage(start);
    return { cost: ((user + system) * 1e3) / pairs, norms: [estimate(lower), estimate(upper)] };
  };
}

/** The final norms of one pair. */
function trainings({ lower, upper, batchSize, steps }: Point, random: () => number): [number, number] {
  let [sLower, sUpper] = [1, 1];
  for (let step = 0; step < steps; step++) {
    let [inLower, inUpper] = [false, false];
    for (let slot = 0; slot < batchSize; slot++) {
      const u = random();
      if (u <= lower) inLower = true;
      if (u <= upper) inUpper = true;
    }
    if (inLower) sLower += 1 / sLower;
    if (inUpper) sUpper += 1 / sUpper;
  }
  return [Math.sqrt(sLower), Math.sqrt(sUpper)];
}

function estimate(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares) / values.length };
}
