import type { FinalNorms } from './final-norms.ts';

/** A correlation to expect, and where 95 of 100 initialisations put it. */
export interface ExpectedCorrelation {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 5 % of the normal law. */
export const normal95 = 1.959963984540054;

/** Pearson's correlation alone, without its interval. */
export function expectedPearsonValue({ groups, norms, weights, items }: FinalNorms): number | null {
  let [meanX, meanY, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (const [group, { items: count, popularity }] of groups.entries()) {
    let [mean, square] = [0, 0];
    const row = norms[group];
    for (let node = 0; node < weights.length; node++) {
      mean += weights[node] * row[node];
      square += weights[node] * row[node] * row[node];
    }
    const share = count / items;
    meanX += share * popularity;
    meanY += share * mean;
    xx += share * popularity * popularity;
    xy += share * popularity * mean;
    yy += share * square;
  }
  const [varX, varY] = [xx - meanX * meanX, yy - meanY * meanY];
  if (!(varX > 1e-12 * xx) || !(varY > 1e-12 * yy)) return null;
  return (xy - meanX * meanY) / Math.sqrt(varX * varY);
}

/**
 * Pearson's correlation of popularity and final norm over independent starts, to first order in 1/N: the items are given,
 * their norms are draws. Null where popularity or norm does not vary.
 *
 * With z and t the standardised popularity and norm, r = mean of zt, and an item's influence on r is zt − r(z² + t²)/2
 * (Hampel); its variance over the item's norm gives the standard error, and Fisher's transform the interval.
 */
export function expectedPearson(norms: FinalNorms): ExpectedCorrelation | null {
  const popularity = standardised(
    norms,
    norms.groups.map((group) => norms.weights.map(() => group.popularity)),
  );
  const norm = standardised(norms, norms.norms);
  if (popularity === null || norm === null) return null;
  const value = meanOf(norms, (group, node) => popularity[group][node] * norm[group][node]);
  const influence = norms.groups.map((_, group) => {
    const z = popularity[group][0];
    return norm[group].map((t) => z * t - (value * t * t) / 2);
  });
  return withInterval(value, spreadWithin(norms, influence), norms.items);
}

/**
 * Spearman's, in the same way: Pearson's of the ranks, those of equal popularity at their mean. An item's norm also moves
 * the ranks of the others: its influence has the mean of z over the items above it beside zt.
 */
export function expectedSpearman(norms: FinalNorms): ExpectedCorrelation | null {
  const { rank, above } = mixtureRanks(norms);
  const popularity = standardised(norms, popularityRanks(norms));
  const norm = standardised(norms, rank);
  if (popularity === null || norm === null) return null;
  const value = meanOf(norms, (group, node) => popularity[group][node] * norm[group][node]);
  const scale = scaleOf(norms, rank);
  const meanAbove = above((group) => popularity[group][0]);
  const influence = norms.groups.map((_, group) => {
    const z = popularity[group][0];
    return norm[group].map((t, node) => z * t + meanAbove[group][node] / scale);
  });
  return withInterval(value, spreadWithin(norms, influence), norms.items);
}

function withInterval(value: number, variance: number, items: number): ExpectedCorrelation {
  const r = Math.min(1, Math.max(-1, value));
  const error = Math.sqrt(variance / items) / Math.max(1e-12, 1 - r * r);
  const centre = Math.atanh(Math.min(1 - 1e-15, Math.max(-1 + 1e-15, r)));
  return { value: r, low: Math.tanh(centre - normal95 * error), high: Math.tanh(centre + normal95 * error) };
}

type Values = readonly (Float64Array | readonly number[])[];

/** The mean over the items, and over each one's law. */
function meanOf({ groups, weights, items }: FinalNorms, of: (group: number, node: number) => number): number {
  let sum = 0;
  for (const [group, { items: count }] of groups.entries()) {
    let within = 0;
    for (let node = 0; node < weights.length; node++) within += weights[node] * of(group, node);
    sum += count * within;
  }
  return sum / items;
}

function scaleOf(norms: FinalNorms, values: Values): number {
  const mean = meanOf(norms, (group, node) => values[group][node]);
  return Math.sqrt(meanOf(norms, (group, node) => (values[group][node] - mean) ** 2));
}

/** Null where nothing varies. */
function standardised(norms: FinalNorms, values: Values): Float64Array[] | null {
  const mean = meanOf(norms, (group, node) => values[group][node]);
  const scale = scaleOf(norms, values);
  if (!(scale > 1e-12 * Math.abs(mean))) return null;
  return values.map((row) => Float64Array.from(row, (value) => (value - mean) / scale));
}

/** The mean over the items of the variance that a value has within an item's law. */
function spreadWithin(norms: FinalNorms, values: readonly Float64Array[]): number {
  const { weights } = norms;
  const means = values.map((row) => row.reduce((sum, value, node) => sum + weights[node] * value, 0));
  return meanOf(norms, (group, node) => (values[group][node] - means[group]) ** 2);
}

/** Share of the items that are rarer, half of those that are as popular included. */
function popularityRanks({ groups, items, weights }: FinalNorms): Float64Array[] {
  let below = 0;
  return groups.map(({ items: count }) => {
    const rank = (below + count / 2) / items;
    below += count;
    return new Float64Array(weights.length).fill(rank);
  });
}

/** Cells that norms are counted in, equally wide in log ‖q‖. */
const cells = 4096;

/**
 * The share of all norms below each node; and sums over what is above each node. A node stands for its surroundings, half
 * way to its neighbours: where two groups have the same law, neither is above the other.
 */
function mixtureRanks({ groups, norms, weights, items }: FinalNorms) {
  const size = weights.length;
  const logs = norms.map((row) => row.map(Math.log));
  const low = logs.reduce((least, row) => Math.min(least, row[0]), Number.POSITIVE_INFINITY);
  const high = logs.reduce((most, row) => Math.max(most, row[size - 1]), Number.NEGATIVE_INFINITY);
  const perUnit = high > low ? cells / (high - low) : 0;
  const positions = logs.map((row) => row.map((value) => Math.min(cells, Math.max(0, (value - low) * perUnit))));
  /** Σ of a mass below each edge of the cells. */
  const cumulative = (massOf: (group: number) => number) => {
    const inCell = new Float64Array(cells + 1);
    for (const [group, row] of positions.entries()) {
      const mass = massOf(group);
      for (let node = 0; node < size; node++) {
        const from = node === 0 ? row[0] : (row[node - 1] + row[node]) / 2;
        const to = node === size - 1 ? row[node] : (row[node] + row[node + 1]) / 2;
        spread(inCell, from, to, mass * weights[node]);
      }
    }
    const below = new Float64Array(cells + 2);
    for (let cell = 0; cell <= cells; cell++) below[cell + 1] = below[cell] + inCell[cell];
    return below;
  };
  const at = (below: Float64Array, position: number) => {
    const cell = Math.floor(position);
    return below[cell] + (position - cell) * (below[cell + 1] - below[cell]);
  };
  const share = (group: number) => groups[group].items / items;
  const below = cumulative(share);
  return {
    rank: positions.map((row) => row.map((position) => at(below, position))),
    above: (of: (group: number) => number) => {
      const sums = cumulative((group) => share(group) * of(group));
      return positions.map((row) => row.map((position) => sums[cells + 1] - at(sums, position)));
    },
  };
}

/** Adds a mass, evenly between two positions. */
function spread(inCell: Float64Array, from: number, to: number, mass: number): void {
  const [first, last] = [Math.floor(from), Math.floor(to)];
  if (first === last) {
    inCell[first] += mass;
    return;
  }
  const density = mass / (to - from);
  inCell[first] += density * (first + 1 - from);
  for (let cell = first + 1; cell < last; cell++) inCell[cell] += density;
  inCell[last] += density * (to - last);
}
