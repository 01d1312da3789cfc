import fc from 'fast-check';
import type { Trial } from '../../ordeal.ts';

/** A case that computes longer hangs, whatever else the machine does. */
const longestMs = 5000;

const longestTold = 3000;

/** How many cases an ordeal tries in its two forms. */
interface Counts {
  readonly bounded: number;
  readonly full: number;
}

/**
 * Tries generated cases, one after the other; the first that goes wrong is made as small as it gets.
 *
 * @param attempt what is wrong with what came of a case; null where nothing is
 * @param told a case in words, where its values say too much
 * @returns how many were tried
 * @throws where one goes wrong, or takes more than five seconds of processor time
 */
export async function tried<Case>(
  { isBounded, seed, say }: Trial,
  counts: Counts,
  cases: fc.Arbitrary<Case>,
  attempt: (one: Case) => Promise<string | null>,
  told: (one: Case) => string = fc.stringify,
): Promise<number> {
  const numRuns = isBounded ? counts.bounded : counts.full;
  let count = 0;
  const found = await fc.check(
    fc.asyncProperty(cases, async (one) => {
      count += 1;
      if (count % 500 === 0) say(`${count} of ${numRuns} cases`);
      const before = process.cpuUsage();
      const fault = await attempt(one);
      const { user, system } = process.cpuUsage(before);
      const tookMs = (user + system) / 1000;
      if (fault !== null) throw new Error(fault);
      if (tookMs > longestMs) throw new Error(`took ${Math.round(tookMs)} ms of processor time`);
    }),
    { seed, numRuns },
  );
  if (!found.failed) return numRuns;
  const { errorInstance, counterexample, counterexamplePath } = found;
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`case ${counterexamplePath}: ${said}\nof ${told(counterexample![0]).slice(0, longestTold)}`);
}
