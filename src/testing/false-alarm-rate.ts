/** How often a statistical assertion may fail though its claim is true. */
export interface RateOptions {
  /** The probability of a false alarm, in (0, 1); 1e-6 unless said. */
  readonly falseAlarmRate?: number;
}

/** The rate asked for, or its default. @throws {RangeError} outside (0, 1) */
export function falseAlarmRateOf({ falseAlarmRate = 1e-6 }: RateOptions): number {
  if (falseAlarmRate > 0 && falseAlarmRate < 1) return falseAlarmRate;
  throw new RangeError(`falseAlarmRate: expected a number between 0 and 1, got ${falseAlarmRate}`);
}
