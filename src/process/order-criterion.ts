/**
 * Whether one step with a shared gain puts the upper run strictly below the lower one: iff a < b and c > κab.
 *
 * Φ(b) − Φ(a) = κ(b − a) + c/b − c/a = (b − a)(κ − c/(ab)), and only the second factor can be negative. The test is
 * sharp where the two updates, computed and then compared, lose the gap to rounding.
 *
 * @param lower a > 0, the lower run's squared norm before the step
 * @param upper b ≥ a, the upper run's
 * @param gain c ≥ 0
 * @param decay κ = (1 − ηλ)²; 1 without decay
 * @see theory, claim A1
 */
export function breaksOrderShared(lower: number, upper: number, gain: number, decay = 1): boolean {
  return upper > lower && gain > decay * lower * upper;
}

/**
 * Whether one step puts the upper run strictly below the lower one, when each run has its own gain and decay: whether
 * `orderDrop` is positive. With equal decays this is claim A2, (c′ − c″)a > (b − a)(κab − c′).
 *
 * @see theory, claim A2
 */
export function breaksOrder(
  lower: number,
  upper: number,
  lowerGain: number,
  upperGain: number,
  lowerDecay = 1,
  upperDecay = 1,
): boolean {
  if (lowerDecay === upperDecay && lowerGain === upperGain) {
    return breaksOrderShared(lower, upper, lowerGain, lowerDecay);
  }
  return orderDrop(lower, upper, lowerGain, upperGain, lowerDecay, upperDecay) > 0;
}

/**
 * By how much one step leaves the upper run below the lower one: (κ′a + c′/a) − (κ″b + c″/b), negative where it stays
 * above.
 *
 * A run whose batch lacks the item has gain 0, and decay 1 unless the decay is dense. The difference is regrouped around
 * the small differences, which subtract without error when they matter:
 * (κ′ − κ″)a + (c′ − c″)/b − (b − a)(κ″ − c′/(ab)). Dividing by a and b in turn keeps their product from overflowing.
 *
 * @param lower a > 0, the lower run's squared norm before the step
 * @param upper b > 0, the upper run's
 * @param lowerGain c′ ≥ 0
 * @param upperGain c″ ≥ 0
 * @param lowerDecay κ′, 1 without decay
 * @param upperDecay κ″, 1 without decay
 */
export function orderDrop(
  lower: number,
  upper: number,
  lowerGain: number,
  upperGain: number,
  lowerDecay: number,
  upperDecay: number,
): number {
  const head = (lowerDecay - upperDecay) * lower + (lowerGain - upperGain) / upper;
  return head - (upper - lower) * (upperDecay - lowerGain / lower / upper);
}
