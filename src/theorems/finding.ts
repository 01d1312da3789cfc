/** What a check measured. */
export type Finding = ExactFinding | StatisticalFinding;

/** An identity or inequality that was compared case by case, with no tolerance beyond rounding. */
export interface ExactFinding {
  readonly kind: 'exact';
  /** What was compared: 'the order flips iff c > s′s″'. */
  readonly what: string;
  readonly cases: number;
  /** The largest deviation seen; 0 where all cases are equal, Infinity where a yes-or-no statement failed. */
  readonly deviation: number;
  /** What rounding alone may do: the finding holds iff deviation ≤ bound. */
  readonly bound: number;
  /** What deviations are counted in: 'ulp', 'relative', 'cases'. */
  readonly unit: string;
  /** The worst case in words, where the bound was passed; else null. */
  readonly counterexample: string | null;
}

/** A statement about a law that was tested on draws. */
export interface StatisticalFinding {
  readonly kind: 'statistical';
  /** The null hypothesis in words: 'N″ ~ Bin(T, a″)'. */
  readonly what: string;
  /** 'chi-square', 'z', 'DKW', 'binomial', 'betting': the test that gave the p-value. */
  readonly test: string;
  readonly draws: number;
  /** Probability of a statistic at least this extreme if the statement is true; at most that, for the bounds. */
  readonly pValue: number;
  /** The measured effect: by how much the draws miss the statement, in `unit`. */
  readonly effect: number;
  /** The smallest effect that these draws would have found with probability 0.99, in `unit`. */
  readonly detectable: number;
  readonly unit: string;
  /**
   * Whether the statement is to survive the test (p ≥ alpha), or the claim is that it is false and must be rejected
   * (p < alpha).
   */
  readonly expects: 'kept' | 'rejected';
}

/**
 * Whether a finding agrees with its claim.
 *
 * @param alpha the false-alarm probability that a statistical test may spend
 */
export function findingHolds(finding: Finding, alpha: number): boolean {
  if (finding.kind === 'exact') return finding.deviation <= finding.bound;
  return finding.expects === 'kept' ? finding.pValue >= alpha : finding.pValue < alpha;
}
