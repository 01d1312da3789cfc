/** How much is tried, and where. */
export interface Trial {
  /** Whether it is the short form that runs with the tests, instead of the long one of `npm run torture`. */
  readonly isBounded: boolean;
  /** Seeds all that is drawn: moments of death, damaged bits, mutated files. */
  readonly seed: number;
  /** An empty folder of the trial's own, removed afterwards. */
  readonly folder: string;
  /** Tells how far it is, on a line that the next one replaces. */
  say(progress: string): void;
}

/** Counts by what was counted, in words, in the order in which they are told: `{SIGKILLs: 200, 'bytes compared': 81920}`. */
export type Figures = Readonly<Record<string, number>>;

/** Something that is done to the program, which must survive it. */
export interface Ordeal {
  /** Two or three words joined by hyphens; names it on the command line. */
  readonly name: string;
  /** What is done, and what the program then does: a sentence that can be false. */
  readonly promise: string;
  /** Whether it has no short form, and is not tried with the tests. */
  readonly isLongOnly?: true;
  /** Why this machine cannot do that; null where it can. Always able where it is missing. */
  missing?(): Promise<string | null>;
  /**
   * Does it. Whatever it starts has ended, and whatever it mounts is gone, when it returns.
   *
   * @throws at the first broken promise, with what brings it about again
   */
  endure(trial: Trial): Promise<Figures>;
}
