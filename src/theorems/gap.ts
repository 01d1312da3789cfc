import type { CheckSetting } from './claim.ts';

/** A number that shows a gap, with its uncertainty. */
export interface GapMeasurement {
  /** What the number is: 'pairs whose order flips at some step'. */
  readonly what: string;
  readonly value: number;
  /** Null where the number is exact. */
  readonly standardError: number | null;
  /** '%', 'ratio', …; empty for a pure number. */
  readonly unit: string;
}

/** A place where the article's argument is silent or wrong, and the numbers that show it. */
export interface Gap {
  /** 'G1' … 'G11' */
  readonly id: string;
  /** What the article says, or does not say. */
  readonly article: string;
  /** What is the case instead, in one sentence. */
  readonly instead: string;
  measure(setting: Omit<CheckSetting, 'alpha'>): Promise<GapMeasurement[]> | GapMeasurement[];
}
