/** η is multiplied by `factor` after every step. */
export interface ExponentialSchedule {
  readonly shape: 'exponential';
  readonly factor: number;
}

export function exponentialFactor({ factor }: ExponentialSchedule): (step: number) => number {
  return (step) => factor ** (step - 1);
}
