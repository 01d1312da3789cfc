import type { PairParameters } from '../../../../src/process/pair-parameters.ts';
import { rateFactorAt, stepGain } from './known-gains.ts';
import { longPresence, longPresenceGap } from './long-presence.ts';

/** Longer trainings have too many patterns to be walked one by one, again and again. */
const mostSteps = 6;

/** One presence pattern of a short training: how likely it is, and where it leads. */
export interface Atom {
  readonly probability: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The law of a short training, pattern by pattern, the probabilities from numbers of 1,400 bits: a second opinion on
 * `exactPairLaw`. Null where the gain is drawn, the start is, or momentum is in play.
 */
export function smallLaw(pair: PairParameters): readonly Atom[] | null {
  const { popularity, batchSize, steps, initialSquaredNorm, momentum } = pair;
  const isKnown = stepGain(pair, 'lower', 1) !== null;
  if (steps > mostSteps || typeof initialSquaredNorm !== 'number' || momentum.beta > 0 || !isKnown) return null;
  const lower = longPresence(popularity.lower, batchSize);
  const upper = longPresence(popularity.upper, batchSize);
  const upperOnly = longPresenceGap(popularity.lower, popularity.upper, batchSize);
  let atoms: Atom[] = [{ probability: 1, lower: initialSquaredNorm, upper: initialSquaredNorm }];
  for (let step = 1; step <= steps; step++) {
    atoms = atoms.flatMap(({ probability, lower: s, upper: t }) => [
      { probability: probability * upper.absent, lower: absent(pair, s, step), upper: absent(pair, t, step) },
      { probability: probability * upperOnly, lower: absent(pair, s, step), upper: present(pair, 'upper', t, step) },
      {
        probability: probability * lower.present,
        lower: present(pair, 'lower', s, step),
        upper: present(pair, 'upper', t, step),
      },
    ]);
  }
  return atoms;
}

/** Mean, variance and range of a quantity of the pair. */
export function momentsOf(atoms: readonly Atom[], quantity: (atom: Atom) => number) {
  const [first] = atoms;
  const centre = quantity(first);
  const weighted = (of: (value: number) => number) =>
    atoms.reduce((sum, atom) => sum + atom.probability * of(quantity(atom) - centre), 0);
  const mean = weighted((deviation) => deviation);
  const values = atoms.map(quantity);
  return {
    mean: centre + mean,
    variance: weighted((deviation) => (deviation - mean) ** 2),
    range: Math.max(...values) - Math.min(...values),
  };
}

function absent({ weightDecay, ...pair }: PairParameters, s: number, step: number): number {
  return weightDecay.applies === 'dense' ? s * keptAt({ weightDecay, ...pair }, step) : s;
}

function present(pair: PairParameters, run: 'lower' | 'upper', s: number, step: number): number {
  return s * keptAt(pair, step) + stepGain(pair, run, step)! / s;
}

/** κ = (1 − η_tλ)². */
export function keptAt(pair: PairParameters, step: number): number {
  return (1 - pair.learningRate * rateFactorAt(pair, step) * pair.weightDecay.rate) ** 2;
}
