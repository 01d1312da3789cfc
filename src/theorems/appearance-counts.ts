import type { Coupling } from '../coupling/coupling.ts';
import { openWalk } from '../coupling/open-walk.ts';
import { PathRecord } from '../coupling/path-record.ts';
import { binomialPmf } from '../maths/binomial.ts';
import { articlePair } from '../process/article-pair.ts';
import { growthTable } from '../process/growth-table.ts';
import { presenceProbability } from '../process/presence.ts';
import type { StreamSource } from '../random/streams.ts';

/** The part of a pair that the numbers of appearances depend on. */
export interface Presences {
  readonly popularity: { readonly lower: number; readonly upper: number };
  readonly batchSize: number;
  readonly steps: number;
}

/**
 * Draws pairs by a plain coupling and counts (N′, N″), at index N′(T + 1) + N″: read off the final states, which are S_n.
 *
 * @param streams of each replicate in turn
 */
export function drawAppearanceCounts(
  coupling: Coupling,
  presences: Presences,
  replicates: number,
  streams: (replicate: number) => StreamSource,
): number[] {
  const pair = articlePair(presences);
  const { steps } = pair;
  const appearances = new Map([...growthTable(1, 1, steps)].map((state, count) => [state, count]));
  const record = new PathRecord([]);
  const walk = openWalk(pair, record, { isIndependent: false });
  const drawPair = coupling.prepare(pair);
  const observed: number[] = new Array((steps + 1) ** 2).fill(0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const open = streams(replicate);
    walk.begin(open);
    drawPair(open, walk);
    observed[appearances.get(record.lower)! * (steps + 1) + appearances.get(record.upper)!] += 1;
  }
  return observed;
}

/** P(N′ = n, N″ = m) at index n(T + 1) + m: N″ ~ Bin(T, a″), N′ | N″ ~ Bin(N″, a′/a″). */
export function jointAppearanceLaw({ popularity, batchSize, steps }: Presences): number[] {
  const [lower, upper] = [popularity.lower, popularity.upper].map((p) => presenceProbability(p, batchSize));
  const ofUpper = Array.from({ length: steps + 1 }, (_, m) => binomialPmf(m, steps, upper));
  return Array.from({ length: (steps + 1) ** 2 }, (_, index) => {
    const [n, m] = [Math.floor(index / (steps + 1)), index % (steps + 1)];
    return n > m ? 0 : ofUpper[m] * binomialPmf(n, m, lower / upper);
  });
}
