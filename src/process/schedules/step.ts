/** η is multiplied by `factor` after every `every` steps. */
export interface StepSchedule {
  readonly shape: 'step';
  readonly every: number;
  readonly factor: number;
}

export function stepFactor({ every, factor }: StepSchedule): (step: number) => number {
  return (step) => factor ** Math.floor((step - 1) / every);
}
