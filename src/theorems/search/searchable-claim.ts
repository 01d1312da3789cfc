import type { PairParameters } from '../../process/pair-parameters.ts';
import type { Family } from './family.ts';

/** The longest training that is searched: 3^6 = 729 joint presence patterns. */
export const mostSearchedSteps = 6;

/** A statement about pairs that may be false, and a decision of it that rounding cannot deceive. */
export interface SearchableClaim {
  /** 'A15': the claim it belongs to. */
  readonly id: string;
  /** One sentence that can be false, with every condition left out that the search is to show the need of. */
  readonly statement: string;
  /** The sets of pairs in which a counterexample can be looked for. */
  readonly families: readonly Family[];
  /** How the pair breaks the statement, at the first step after which it does; null where it does not. */
  breakOf(pair: PairParameters): Break | null;
}

/** How a pair breaks a claim. */
export type Break = MeanBreak | PathBreak;

/** The upper run's expected norm is the smaller one. */
interface MeanBreak {
  readonly kind: 'mean';
  /** After which step. */
  readonly step: number;
  /** E‖q′‖ and E‖q″‖ after that step. */
  readonly meanNorm: { readonly lower: number; readonly upper: number };
}

/** On one path, the upper run's norm is the smaller one. */
export interface PathBreak {
  readonly kind: 'path';
  /** After which step. */
  readonly step: number;
  /** Probability of the path up to that step. */
  readonly probability: number;
  /** Steps 1 … step. */
  readonly path: readonly PathStep[];
}

/** One step of a path: whose batch holds the item, and the squared norms before and after it. */
export interface PathStep {
  readonly gain: number;
  readonly presentIn: 'neither' | 'upper' | 'both';
  readonly before: SquaredNorms;
  readonly after: SquaredNorms;
}

/** s′ and s″. */
interface SquaredNorms {
  readonly lower: number;
  readonly upper: number;
}
