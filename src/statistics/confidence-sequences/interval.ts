/** An interval that holds the true value at every look at once, with a stated probability. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
