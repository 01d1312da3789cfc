import { compensatedSum } from '../maths/compensated-sum.ts';
import { decayFactor } from './decay.ts';
import type { Run } from './gains/gain-model.ts';
import { gainModel } from './gains/index.ts';
import { grow } from './grow.ts';
import type { PairParameters } from './pair-parameters.ts';
import { presenceGap, presenceProbability } from './presence.ts';
import { discreteMoments, type RunMoments } from './run-moments.ts';

/** The longest training that is enumerated: 3^10 = 59,049 joint presence patterns. */
export const mostEnumeratedSteps = 10;

/** Exact moments of a pair, from all of its presence patterns. */
export interface Enumeration {
  readonly norm: EnumeratedMoments;
  readonly squaredNorm: EnumeratedMoments;
  readonly order: {
    /** Probability that the upper run is strictly below the lower one after some step. */
    readonly violatedSomewhere: number;
    /** … after the last step. */
    readonly violatedAtEnd: number;
    /** Probability of equal squared norms after the last step. */
    readonly tiedAtEnd: number;
  };
}

interface EnumeratedMoments {
  readonly lower: RunMoments;
  readonly upper: RunMoments;
  readonly difference: RunMoments;
}

/**
 * Follows every joint presence pattern of the first steps of a training: at each step the item is in neither batch
 * (1 − a″), in the upper one only (a″ − a′) or in both (a′). Exact up to rounding; 3^steps patterns.
 *
 * @param pair with a deterministic gain, no momentum and a number to start from
 * @param steps how many of the pair's steps to follow, an integer in 0 … 10
 * @throws {RangeError} where the pair or the number of steps is another
 */
export function enumerate(pair: PairParameters, steps: number): Enumeration {
  const patterns = new Patterns(pair, steps);
  const { probability, lower, upper } = patterns;
  const count = probability.length;
  const mass = (holds: (index: number) => boolean) => {
    return compensatedSum(count, (index) => (holds(index) ? probability[index] : 0));
  };
  const moments = (measure: (squaredNorm: number) => number): EnumeratedMoments => {
    const of = (value: (index: number) => number) => discreteMoments(count, (i) => probability[i], value);
    return {
      lower: of((index) => measure(lower[index])),
      upper: of((index) => measure(upper[index])),
      difference: of((index) => measure(upper[index]) - measure(lower[index])),
    };
  };
  return {
    norm: moments(Math.sqrt),
    squaredNorm: moments((squaredNorm) => squaredNorm),
    order: {
      violatedSomewhere: mass((index) => patterns.isViolated[index]),
      violatedAtEnd: mass((index) => lower[index] > upper[index]),
      tiedAtEnd: mass((index) => lower[index] === upper[index]),
    },
  };
}

/** Every pattern's probability and where it leads; patterns of probability 0 are left out. */
class Patterns {
  readonly probability: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  /** Whether the upper run was strictly below the lower one after some step. */
  readonly isViolated: boolean[] = [];
  readonly #steps: number;
  readonly #chances: { readonly neither: number; readonly upperOnly: number; readonly both: number };
  readonly #moves: { readonly lower: Move[]; readonly upper: Move[] };

  constructor(pair: PairParameters, steps: number) {
    const { popularity, batchSize, initialSquaredNorm, momentum } = pair;
    if (!Number.isSafeInteger(steps) || steps < 0 || steps > Math.min(pair.steps, mostEnumeratedSteps)) {
      throw new RangeError(`enumerate: steps must be an integer in 0 … min(${pair.steps}, 10), got ${steps}`);
    }
    if (typeof initialSquaredNorm !== 'number' || momentum.beta !== 0) {
      throw new RangeError('enumerate: the pair must start from a number and have no momentum');
    }
    const upper = presenceProbability(popularity.upper, batchSize);
    this.#steps = steps;
    this.#chances = {
      neither: 1 - upper,
      upperOnly: presenceGap(popularity.lower, popularity.upper, batchSize),
      both: presenceProbability(popularity.lower, batchSize),
    };
    this.#moves = { lower: movesOf(pair, 'lower', steps), upper: movesOf(pair, 'upper', steps) };
    this.#follow(0, 1, initialSquaredNorm, initialSquaredNorm, false);
  }

  #follow(step: number, probability: number, lower: number, upper: number, wasViolated: boolean): void {
    if (probability === 0) return;
    const isViolated = wasViolated || lower > upper;
    if (step === this.#steps) {
      this.probability.push(probability);
      this.lower.push(lower);
      this.upper.push(upper);
      this.isViolated.push(isViolated);
      return;
    }
    const { neither, upperOnly, both } = this.#chances;
    const lowerMove = this.#moves.lower[step];
    const upperMove = this.#moves.upper[step];
    this.#follow(step + 1, probability * neither, lowerMove.absent(lower), upperMove.absent(upper), isViolated);
    this.#follow(step + 1, probability * upperOnly, lowerMove.absent(lower), upperMove.present(upper), isViolated);
    this.#follow(step + 1, probability * both, lowerMove.present(lower), upperMove.present(upper), isViolated);
  }
}

/** What one step does to a squared norm. */
interface Move {
  absent(squaredNorm: number): number;
  present(squaredNorm: number): number;
}

function movesOf(pair: PairParameters, run: Run, steps: number): Move[] {
  const model = gainModel(pair, run);
  if (!model.isDeterministic) throw new RangeError(`enumerate: the gain must be deterministic, got ${pair.gain.model}`);
  const path = model.open();
  const decay = decayFactor(pair);
  const isDense = pair.weightDecay.applies === 'dense';
  return Array.from({ length: steps }, (_, index) => {
    const gain = path.gain(index + 1, 1, noDraws);
    const factor = decay(index + 1);
    return {
      absent: (squaredNorm) => (isDense ? factor * squaredNorm : squaredNorm),
      present: (squaredNorm) => grow(squaredNorm, gain, factor),
    };
  });
}

function noDraws(): number {
  throw new TypeError('enumerate: a deterministic gain asked for a draw');
}
