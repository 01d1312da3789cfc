import type { Contest, Estimate, Options, Reading, Side } from './contest.ts';

/** A line of the table. `ratio` is our cost over theirs. */
export interface Row {
  readonly kernel: string;
  readonly point: string | null;
  readonly contender: string | null;
  readonly ratio: number | null;
  readonly ours: number;
  readonly theirs: number | null;
  readonly unit: string;
}

const rounds = 7;

/** Standard errors that a right mean does not stray by: about once in 10⁹ readings. */
const widest = 6;

/**
 * Runs the sides in turns, A B A B, after a warm-up that also finds how many pairs are enough to time; medians.
 *
 * @throws {Error} if a side's means are wrong, since the time of a wrong program means nothing
 */
export async function measure(contest: Contest, { isQuick }: Options): Promise<Row> {
  const { kernel, point, contender, unit, ours, theirs } = contest;
  const milliseconds = isQuick ? 20 : 200;
  const sides = [ours, theirs].filter((side) => side !== null);
  const pairs: number[] = [];
  for (const side of sides) {
    const given = contest.pairs ?? (side === theirs ? contest.theirPairs : undefined);
    pairs.push(given ?? (await enoughPairs(side, milliseconds)));
  }
  const costs: number[][] = sides.map(() => []);
  for (let round = 1; round <= rounds; round++) {
    const readings: Reading[] = [];
    for (const [index, side] of sides.entries()) readings.push(await side(pairs[index], round));
    requireRightMeans(contest, readings);
    for (const [index, { cost }] of readings.entries()) costs[index].push(cost);
  }
  const [our, their] = costs.map(median);
  return {
    kernel,
    point,
    contender,
    ratio: their === undefined ? null : our / their,
    ours: our,
    theirs: their ?? null,
    unit,
  };
}

/** Threads of the compiler are at work for about so long after the first call, and processor time counts them. */
const compilingMs = 300;

/** Doubles the pairs until a run is long enough, the shorter one of two, once nothing is compiled any more. */
async function enoughPairs(side: Side, milliseconds: number): Promise<number> {
  const compiledMs = performance.now() + compilingMs;
  while (performance.now() < compiledMs) await side(8, 0);
  for (let pairs = 8; ; pairs *= 2) {
    const [first, second] = [await side(pairs, 0), await side(pairs, 0)];
    if (Math.min(first.cost, second.cost) * pairs >= milliseconds * 1e6) return pairs;
  }
}

function requireRightMeans({ kernel, point, contender, exact }: Contest, [ours, theirs]: readonly Reading[]): void {
  const against = (name: string, found: readonly Estimate[], expected: readonly Estimate[]) => {
    for (const [run, { mean, standardError }] of found.entries()) {
      const far = widest * Math.hypot(standardError, expected[run].standardError) + 1e-6;
      if (Math.abs(mean - expected[run].mean) <= far) continue;
      const where = `${kernel} at ${point}, ${name}`;
      throw new Error(`${where}: the mean norm should be ${expected[run].mean} within ${far}, got ${mean}`);
    }
  };
  const known = exact?.map((mean) => ({ mean, standardError: 0 }));
  if (ours.norms !== undefined && known !== undefined) against('ours', ours.norms, known);
  const expected = known ?? ours.norms;
  if (theirs?.norms !== undefined && expected !== undefined) against(String(contender), theirs.norms, expected);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
