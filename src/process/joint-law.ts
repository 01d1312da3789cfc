import { binomialPmf } from '../maths/binomial.ts';
import type { AppearanceLaw } from './appearance-law.ts';
import type { RunMoments } from './run-moments.ts';

/** How the two runs' norms (or squared norms) go together. */
export interface JointMoments {
  /** Of upper − lower. */
  readonly difference: RunMoments;
  readonly covariance: number;
}

/** What the joint law is built from; all of it for one number of steps. */
export interface JointSetting {
  /** The law of N″ ~ Bin(T, a″). */
  readonly upper: AppearanceLaw;
  /** 1 − a′/a″: N″ − N′ given N″ is Bin(N″, 1 − a′/a″). Given as such, so that nearly equal popularities keep digits. */
  readonly missing: number;
  /** S_0 … S_n, as far as `upper` reaches. */
  readonly growth: Float64Array;
  /** The exact means of both runs' norm and squared norm. */
  readonly means: { readonly norm: PairOfMeans; readonly squaredNorm: PairOfMeans };
}

interface PairOfMeans {
  readonly lower: number;
  readonly upper: number;
}

const mostProducts = 2e8;

/**
 * The exact joint law of the pair for a step-independent gain, summed over both windows. N″ is binomial, and each of
 * its appearances is missing from the lower run with the same probability, so (N′, N″ − N′) is multinomial.
 *
 * The difference is squared around its own mean, never got from three variances: popularities that differ in the ninth
 * digit keep theirs. Returns null where the sum would have more than 2e8 terms (about a second).
 *
 * @see theory, section 3 and claim A10
 */
export function jointMoments(setting: JointSetting): { norm: JointMoments; squaredNorm: JointMoments } | null {
  const { upper, missing, growth, means } = setting;
  const widestRow = 40 + 21 * Math.sqrt(upper.last * missing * (1 - missing));
  if ((upper.last - upper.first + 1) * widestRow > mostProducts) return null;
  const norm = new DifferenceSums(means.norm);
  const squaredNorm = new DifferenceSums(means.squaredNorm);
  for (let appearances = upper.first; appearances <= upper.last; appearances++) {
    const row = new Row(growth, appearances, norm.centre, squaredNorm.centre);
    row.sum(missing);
    const probability = upper.probability(appearances);
    norm.add(probability, Math.sqrt(growth[appearances]), row.norm, row.normSquare);
    squaredNorm.add(probability, growth[appearances], row.squaredNorm, row.squaredNormSquare);
  }
  return { norm: norm.moments(), squaredNorm: squaredNorm.moments() };
}

/** P(N′ = N″) = (1 − (a″ − a′))^T: no step's batches differ in the item. */
export function tieProbability(steps: number, presenceGap: number): number {
  return steps === 0 ? 1 : Math.exp(steps * Math.log1p(-presenceGap));
}

/** Given N″: the first and second moments of upper − lower, centred, over N′. */
class Row {
  norm = 0;
  normSquare = 0;
  squaredNorm = 0;
  squaredNormSquare = 0;
  readonly #growth: Float64Array;
  readonly #appearances: number;
  readonly #normOffset: number;
  readonly #squaredNormOffset: number;

  constructor(growth: Float64Array, appearances: number, normCentre: number, squaredNormCentre: number) {
    this.#growth = growth;
    this.#appearances = appearances;
    this.#normOffset = Math.sqrt(growth[appearances]) - normCentre;
    this.#squaredNormOffset = growth[appearances] - squaredNormCentre;
  }

  /** Loader at the mode, then the ratios of neighbours in both directions. */
  sum(missing: number): void {
    const n = this.#appearances;
    const mode = Math.min(n, Math.floor((n + 1) * missing));
    const massAtMode = binomialPmf(mode, n, missing);
    const odds = missing / (1 - missing);
    for (let misses = mode, mass = massAtMode; mass > 1e-25; misses++) {
      this.#add(mass, misses);
      mass = misses < n ? mass * odds * ((n - misses) / (misses + 1)) : 0;
    }
    for (let misses = mode, mass = massAtMode; ; ) {
      mass *= misses / (n - misses + 1) / odds;
      misses -= 1;
      if (!(mass > 1e-25)) return;
      this.#add(mass, misses);
    }
  }

  #add(mass: number, misses: number): void {
    const squaredNorm = this.#growth[this.#appearances - misses];
    const normGap = this.#normOffset - Math.sqrt(squaredNorm);
    const squaredNormGap = this.#squaredNormOffset - squaredNorm;
    this.norm += mass * normGap;
    this.normSquare += mass * normGap * normGap;
    this.squaredNorm += mass * squaredNormGap;
    this.squaredNormSquare += mass * squaredNormGap * squaredNormGap;
  }
}

/** Sums over rows, centred at the difference of the means. */
class DifferenceSums {
  readonly centre: number;
  readonly #upperMean: number;
  #first = 0;
  #second = 0;
  #product = 0;

  constructor(means: PairOfMeans) {
    this.centre = means.upper - means.lower;
    this.#upperMean = means.upper;
  }

  add(probability: number, upperValue: number, gap: number, gapSquare: number): void {
    const upperDeviation = upperValue - this.#upperMean;
    this.#first += probability * gap;
    this.#second += probability * gapSquare;
    // lower − its mean = (upper − its mean) − (gap − its centre)
    this.#product += probability * upperDeviation * (upperDeviation - gap);
  }

  moments(): JointMoments {
    const mean = this.centre + this.#first;
    return { difference: { mean, variance: Math.max(0, this.#second - this.#first ** 2) }, covariance: this.#product };
  }
}
