/** What a process holds at a moment: bytes, after a collection of garbage, and counts. */
export interface Sample {
  /** How much of its work it had done. */
  readonly done: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly arrayBuffers: number;
  readonly handles: number;
  readonly threads: number;
}

const megabyte = 2 ** 20;

/** By how much each may grow between the first and the last quarter of the work: the noise of a sound run. */
const noise: Omit<Sample, 'done'> = {
  rss: 96 * megabyte,
  heapUsed: 3 * megabyte,
  arrayBuffers: 3 * megabyte,
  handles: 0,
  threads: 0,
};

/**
 * Asks that a process does not grow: the least that it held in the last quarter of its work is no more than the least in the
 * second, but for noise.
 *
 * @param ledgerBytes what the ledger of a journal may hold for a piece of the work: nothing where there is none
 * @throws with what has grown
 */
export function expectFlat(samples: readonly Sample[], ledgerBytes: number): void {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 2) throw new RangeError(`expectFlat: ${samples.length} samples are too few`);
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const least = (of: readonly Sample[], what: keyof Sample) => Math.min(...of.map((sample) => sample[what]));
  const worked = late[0].done - early[0].done;
  for (const [what, allowed] of Object.entries(noise) as [keyof typeof noise, number][]) {
    const ledger = what === 'rss' || what === 'arrayBuffers' ? ledgerBytes * worked : 0;
    const grown = least(late, what) - least(early, what);
    if (grown > allowed + ledger)
      throw new Error(
        `${what} has grown by ${grown} over ${worked} pieces of work, at most ${allowed + ledger} expected`,
      );
  }
}
