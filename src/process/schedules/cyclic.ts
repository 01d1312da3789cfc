/**
 * Triangular cycles (Smith, arXiv 1506.01186): η rises from `low`·η₀ to `high`·η₀ in `halfPeriod` steps and falls
 * back in as many.
 */
export interface CyclicSchedule {
  readonly shape: 'cyclic';
  readonly low: number;
  readonly high: number;
  readonly halfPeriod: number;
}

export function cyclicFactor({ low, high, halfPeriod }: CyclicSchedule): (step: number) => number {
  return (step) => {
    const phase = ((step - 1) / halfPeriod) % 2;
    // Not 1 − |phase − 1|, which loses the digits of the first steps of a long rise.
    return low + (high - low) * (phase <= 1 ? phase : 2 - phase);
  };
}
