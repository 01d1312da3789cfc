import type { Interval } from './interval.ts';

/** Candidate means 0, 1/1000, …, 1. */
const candidates = 1000;

/** A bet never risks more than this share of the capital. */
const mostAtRisk = 0.5;

/**
 * A confidence sequence for the mean of draws in [0, 1], by betting against each candidate mean: whoever bets on draws
 * above (or below) a mean that is true multiplies a capital of 1 by more than 2/alpha, ever, with probability at most
 * alpha/2. Exact for every number of draws and every law in [0, 1], however often one looks; it adapts to the variance.
 *
 * The bets are Waudby-Smith and Ramdas' predictable plug-in; the interval is the running intersection, widened to the
 * next candidate on either side so that means between candidates are covered. 2,000 multiplications a draw.
 *
 * @see Waudby-Smith and Ramdas (2024), Estimating means of bounded random variables by betting, JRSS B 86, section 4
 */
export class BettingSequence {
  readonly #alpha: number;
  readonly #above = new Float64Array(candidates + 1).fill(1);
  readonly #below = new Float64Array(candidates + 1).fill(1);
  #draws = 0;
  #sum = 0;
  #squares = 0;
  #first = 0;
  #last = candidates;

  /** @param alpha in (0, 1) */
  constructor(alpha: number) {
    this.#alpha = alpha;
  }

  /** @param draw in [0, 1] @throws {RangeError} outside it */
  add(draw: number): void {
    if (!(draw >= 0 && draw <= 1)) throw new RangeError(`BettingSequence: a draw must be in [0, 1], got ${draw}`);
    const bet = this.#bet();
    const capital = 2 / this.#alpha;
    for (let index = this.#first; index <= this.#last; index++) {
      const mean = index / candidates;
      this.#above[index] *= 1 + Math.min(bet, mostAtRisk / mean) * (draw - mean);
      this.#below[index] *= 1 - Math.min(bet, mostAtRisk / (1 - mean)) * (draw - mean);
    }
    // The capital on draws above falls with the mean, that on draws below rises with it: the candidates left are a range.
    while (this.#first < this.#last && this.#above[this.#first] >= capital) this.#first += 1;
    while (this.#last > this.#first && this.#below[this.#last] >= capital) this.#last -= 1;
    this.#learn(draw);
  }

  interval(): Interval {
    return {
      lower: Math.max(0, this.#first - 1) / candidates,
      upper: Math.min(candidates, this.#last + 1) / candidates,
    };
  }

  /** What to bet on the next draw: √(2 ln(2/alpha) / (σ̂² t ln(1 + t))), from the draws before it. */
  #bet(): number {
    const next = this.#draws + 1;
    const variance = (0.25 + this.#squares) / next;
    return Math.sqrt((2 * Math.log(2 / this.#alpha)) / (variance * next * Math.log(1 + next)));
  }

  #learn(draw: number): void {
    this.#draws += 1;
    this.#sum += draw;
    const mean = (0.5 + this.#sum) / (this.#draws + 1);
    this.#squares += (draw - mean) ** 2;
  }
}
