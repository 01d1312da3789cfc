/** How many states of a training are recorded, and how they are spread. */
export interface Trajectory {
  readonly points: number;
  readonly spacing: 'linear' | 'log';
}

/**
 * The recorded steps: increasing, in 1…steps, the last one among them. Fewer than `points` where steps would repeat;
 * none if `points` or `steps` is 0.
 */
export function recordedSteps({ points, spacing }: Trajectory, steps: number): readonly number[] {
  if (points === 0 || steps === 0) return [];
  const between =
    spacing === 'linear'
      ? (point: number) => (point * steps) / points
      : (point: number) => Math.exp((Math.log(steps) * (point - 1)) / (points - 1));
  const spread = Array.from({ length: points - 1 }, (_, index) => Math.round(between(index + 1)));
  const inside = spread.filter((step) => step >= 1 && step < steps);
  return [...new Set([...inside, steps])];
}
