/** η falls along half a cosine from η₀ at the first step towards `floor`·η₀ after the last. */
export interface CosineSchedule {
  readonly shape: 'cosine';
  readonly floor: number;
}

export function cosineFactor({ floor }: CosineSchedule, steps: number): (step: number) => number {
  return (step) => floor + ((1 - floor) * (1 + Math.cos((Math.PI * (step - 1)) / steps))) / 2;
}
