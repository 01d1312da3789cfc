import { expectedPearsonValue, normal95 } from './expected-correlations.ts';
import { finalNorms, type PreparedTraining, prepare } from './final-norms.ts';
import { isStable } from './growth-law.ts';
import type { PlannedTraining } from './planned-training.ts';

/** Learning rates at which the expected correlation of popularity and norm passes a level on its way up. */
export interface Thresholds {
  /** Two-sided 5 % critical value of Pearson's r for so many items, by Fisher's transform. */
  readonly criticalPearson: number;
  /** Where the expected r reaches it; null where it never does, or has already at the smallest rate looked at. */
  readonly significant: number | null;
  /** Where it passes ½. */
  readonly half: number | null;
  /** The largest expected r over all rates, and where it is. */
  readonly largest: { readonly learningRate: number; readonly pearson: number };
}

/** Rates looked at in a power of ten, before the crossings are refined: r is smooth in log η, and rises to one peak. */
const ratesPerDecade = 5;

/** Powers of ten that are looked at below the typical rate, at most: decay makes popularity show at small rates. */
const decadesBelow = 15;

/**
 * Finds the thresholds, between a rate at which nothing shows and one at which the start no longer matters.
 *
 * @param items at least 4
 */
export function thresholdsOf(planned: PlannedTraining, prepared: PreparedTraining = prepare(planned)): Thresholds {
  const pearsonAt = (learningRate: number) =>
    expectedPearsonValue(finalNorms({ ...planned, learningRate }, prepared)) ?? 0;
  const criticalPearson = criticalPearsonOf(prepared.items);
  const rates = gridOfRates(typicalRate(planned, prepared), (rate) => pearsonAt(rate) < criticalPearson).filter(
    (learningRate) => isStable({ ...planned, learningRate }),
  );
  if (rates.length === 0) rates.push(planned.learningRate);
  const values = rates.map(pearsonAt);
  const crossing = (level: number): number | null => {
    const above = values.findIndex((value) => value >= level);
    if (above <= 0) return null;
    return bisect(rates[above - 1], rates[above], (rate) => pearsonAt(rate) >= level);
  };
  const top = values.indexOf(Math.max(...values));
  const peak = peakBetween(rates[Math.max(0, top - 1)], rates[Math.min(rates.length - 1, top + 1)], pearsonAt);
  return {
    criticalPearson,
    significant: crossing(criticalPearson),
    half: crossing(0.5),
    largest: { learningRate: peak, pearson: pearsonAt(peak) },
  };
}

/**
 * The two-sided 5 % critical value of Pearson's r, by Fisher's transform.
 *
 * @param items at least 4
 */
export function criticalPearsonOf(items: number): number {
  return Math.tanh(normal95 / Math.sqrt(items - 3));
}

/** From three powers of ten below the typical rate, or as far below as nothing shows, to three above. */
function gridOfRates(typical: number, isHidden: (rate: number) => boolean): number[] {
  let below = 3;
  while (below < decadesBelow && !isHidden(typical / 10 ** below)) below += 3;
  return Array.from(
    { length: (below + 3) * ratesPerDecade + 1 },
    (_, index) => typical * 10 ** (index / ratesPerDecade - below),
  );
}

/** The rate at which an item of mean popularity doubles its s² without decay. */
function typicalRate(planned: PlannedTraining, { items, interactions, start }: PreparedTraining): number {
  const { batchSize, temperature, dimension, epochs, momentum } = planned;
  const squares = start.nodes.reduce((sum, s, node) => sum + start.weights[node] * s * s, 0);
  const slots = (epochs * interactions) / items;
  return (1 - momentum) * batchSize * temperature * Math.sqrt(squares / (2 * (1 - 1 / dimension) * slots));
}

/** The rate between two at which a condition becomes true, to seven digits. */
function bisect(low: number, high: number, holds: (rate: number) => boolean): number {
  let [from, to] = [Math.log(low), Math.log(high)];
  for (let halving = 0; halving < 24; halving++) {
    const middle = (from + to) / 2;
    if (holds(Math.exp(middle))) to = middle;
    else from = middle;
  }
  return Math.exp((from + to) / 2);
}

/** Where a function of one peak is largest, by the golden section of log η. */
function peakBetween(low: number, high: number, of: (rate: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [from, to] = [Math.log(low), Math.log(high)];
  for (let cut = 0; cut < 20; cut++) {
    const [left, right] = [to - golden * (to - from), from + golden * (to - from)];
    if (of(Math.exp(left)) < of(Math.exp(right))) from = left;
    else to = right;
  }
  return Math.exp((from + to) / 2);
}
