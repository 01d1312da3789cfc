/** What became of a comparison. */
export const outcomes = ['agrees', 'explained', 'differs', 'ours alone', 'left out'] as const;

/** A claim or a printed number beside what this program makes of it. */
export interface Row {
  /** What is compared. */
  readonly claim: string;
  /** Who says so: the article, the theory, a paper. */
  readonly source: string;
  /** As it is printed there; – where nothing is. */
  readonly reference: string;
  /** Rounded so far that it does not depend on the machine. */
  readonly ours: string;
  readonly outcome: (typeof outcomes)[number];
  /** The rule by which the two are compared; of what is left out, why. */
  readonly how: string;
  /** Why it differs, where that is known; else null. */
  readonly because: string | null;
}
