/** A share with the interval that is likely to hold the probability behind it. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Φ⁻¹(0.975): intervals that hold the probability 95 times in 100. */
const z = 1.959963984540054;

/**
 * Wilson's interval for a probability, from how many of some trials succeeded. At 0 and at all successes it has a width,
 * too. Its coverage is near 0.95 on average over the probabilities, not at each of them.
 *
 * @param successes an integer in 0 … trials
 * @param trials an integer ≥ 1
 * @see Wilson (1927), Journal of the American Statistical Association 22; Newcombe (1998), Statistics in Medicine 17
 */
export function shareInterval(successes: number, trials: number): ShareInterval {
  const share = successes / trials;
  const weight = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / weight;
  const reach = (z / weight) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // Rounding would leave a hair beside the ends.
  return {
    share,
    low: successes === 0 ? 0 : Math.max(0, centre - reach),
    high: successes === trials ? 1 : Math.min(1, centre + reach),
  };
}
