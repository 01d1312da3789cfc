import type { GapMeasurement } from '../gap.ts';

/** A share of the pairs in per cent, with the standard error of a binomial share. */
export function shareMeasurement(what: string, count: number, pairs: number): GapMeasurement {
  const share = count / pairs;
  return { what, value: 100 * share, standardError: 100 * Math.sqrt((share * (1 - share)) / pairs), unit: '%' };
}
