/** What one run of one side took, and what it computed. */
export interface Reading {
  /** In the contest's unit. */
  readonly cost: number;
  /** E√s′ and E√s″ as this run estimates them, with their standard errors; absent if the side estimates nothing. */
  readonly norms?: readonly Estimate[];
}

export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** One run over so many pairs; `round` seeds it. */
export type Side = (pairs: number, round: number) => Reading | Promise<Reading>;

/** Two programs that do the same work, or one that has no rival. */
export interface Contest {
  readonly kernel: string;
  readonly point: string | null;
  readonly contender: string | null;
  readonly unit: string;
  readonly ours: Side;
  readonly theirs: Side | null;
  /** The exact means where they are known; the two sides are held against each other where they are not. */
  readonly exact?: readonly [lower: number, upper: number];
  /** Pairs of one run of either side, where the cost of one is not in nanoseconds or falls with their number. */
  readonly pairs?: number;
  /** Pairs of one run of theirs, where they need many at once to be fast. */
  readonly theirPairs?: number;
}

/** A contest that this machine cannot hold, and why. */
export interface Skipped {
  readonly contender: string;
  readonly skipped: string;
}

export interface Options {
  /** Fewer pairs, for a test of the bench itself. */
  readonly isQuick: boolean;
}

/** What a file of contests exports. */
export type Contests = (options: Options) => readonly (Contest | Skipped)[];
