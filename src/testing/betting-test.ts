/**
 * p-value of 'the mean is at least this' for independent draws from an interval known beforehand, whatever their law and
 * number.
 *
 * A gambler who bets a share λ on draws below the bound multiplies a capital of 1 by 1 + λ(m − x) at each draw; λ depends
 * on earlier draws alone. If the mean is at least m the capital is a supermartingale, and by Ville's inequality it
 * ever reaches 1/α with probability at most α. The bets follow the predictable plug-in rule, nearly the best for the
 * variance seen so far.
 *
 * @param draws in the order in which they were made, each in [least, greatest]
 * @param alpha the level at which the bets are aimed; the p-value is valid for every other
 * @throws {RangeError} for a draw outside the interval
 * @see Waudby-Smith and Ramdas (2023), Estimating means of bounded random variables by betting, JRSS B 86
 */
export function bettingPValue(
  draws: ArrayLike<number>,
  bound: number,
  [least, greatest]: readonly [number, number],
  alpha: number,
): number {
  const width = greatest - least;
  const mean = (bound - least) / width;
  // Less than all, so that one draw at the top cannot ruin the gambler.
  const boldest = mean < 1 ? 0.5 / (1 - mean) : Infinity;
  const stake = (2 * Math.log(1 / alpha)) / draws.length;
  let [sum, squares, logCapital, highest] = [0.5, 0.25, 0, 0];
  for (let index = 0; index < draws.length; index++) {
    if (!(draws[index] >= least && draws[index] <= greatest)) {
      throw new RangeError(`range: expected draws in [${least}, ${greatest}], got ${draws[index]}`);
    }
    const share = (draws[index] - least) / width;
    const bet = Math.min(boldest, Math.sqrt((stake * (index + 1)) / squares));
    logCapital += Math.log1p(bet * (mean - share));
    highest = Math.max(highest, logCapital);
    sum += share;
    squares += (share - sum / (index + 2)) ** 2;
  }
  return Math.exp(-highest);
}
