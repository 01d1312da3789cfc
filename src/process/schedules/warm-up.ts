/** η rises linearly from `from`·η₀ at the first step to η₀ at step `over` + 1, and stays there. */
export interface WarmUpSchedule {
  readonly shape: 'warm-up';
  readonly from: number;
  readonly over: number;
}

export function warmUpFactor({ from, over }: WarmUpSchedule): (step: number) => number {
  return (step) => from + (1 - from) * Math.min(1, (step - 1) / over);
}
