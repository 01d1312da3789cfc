/**
 * The inequality of Dvoretzky, Kiefer and Wolfowitz, with Massart's constant: an empirical distribution function of n
 * independent draws strays from the true one by more than D anywhere with probability at most exp(−2nD²) on one side,
 * and at most twice that on either. Holds for every n and every law, discrete ones too: no asymptotics.
 *
 * @see Massart (1990), Annals of Probability 18
 */

/** p-value of 'the draws have this law', from D = sup |F̂ − F|. */
export function lawPValue(draws: number, distance: number): number {
  return Math.min(1, 2 * Math.exp(-2 * draws * distance * distance));
}

/** The distance D that chance alone exceeds with a probability of at most `alpha`, where the draws have the law. */
export function chanceDistance(draws: number, alpha: number): number {
  return Math.sqrt(Math.log(2 / alpha) / (2 * draws));
}

/** The distance D of a law from the claimed one that `lawPValue` finds with probability 0.99 at this alpha. */
export function detectableDistance(draws: number, alpha: number): number {
  return chanceDistance(draws, alpha) + chanceDistance(draws, 0.01);
}

/** Draws with which `lawPValue` finds a law at this distance with probability 0.99. */
export function drawsToFind(distance: number, alpha: number): number {
  return Math.ceil((detectableDistance(1, alpha) / distance) ** 2);
}

/**
 * p-value of 'the upper sample's law dominates the lower one's', F″ ≤ F′ everywhere, from D = sup (F̂″ − F̂′).
 *
 * D > 0 means that one of the two strays by D/2. The samples may depend on each other, as coupled pairs do: the two
 * one-sided bounds are added.
 *
 * @param draws of each sample
 */
export function dominancePValue(draws: number, excess: number): number {
  return Math.min(1, 2 * Math.exp(-draws * Math.max(0, excess) ** 2 * 0.5));
}

/** The excess sup (F̂″ − F̂′) that chance alone exceeds with a probability of at most `alpha`, where the upper law dominates. */
export function chanceExcess(draws: number, alpha: number): number {
  return Math.sqrt((2 * Math.log(2 / alpha)) / draws);
}

/** The excess sup (F″ − F′) that `dominancePValue` finds with probability 0.99 at this alpha. */
export function detectableExcess(draws: number, alpha: number): number {
  return chanceExcess(draws, alpha) + chanceExcess(draws, 0.01);
}
