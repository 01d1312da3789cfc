import type { Appearance } from '../../trainer/steppers/watched-stepper.ts';
import type { TrainingSteps } from '../../trainer/training-steps.ts';
import { gainOf } from './item-ledger.ts';
import { LargestValues } from './largest-values.ts';
import { LineFit } from './line-fit.ts';
import { WithinItems } from './within-items.ts';

/** Gains kept for the tail index. */
const tailSize = 1000;

/** The gains of a set of appearances. */
interface GainGroup {
  readonly appearances: number;
  readonly meanGain: number;
}

/** What the gains of a training are like. Logarithms are of the gains above 0. */
export interface GainDiagnostics {
  readonly appearances: number;
  readonly mean: number;
  /** Standard deviation over mean. */
  readonly coefficientOfVariation: number;
  /** Of log c: standard deviation. */
  readonly logStandardDeviation: number;
  /** Correlation of log c between an item's consecutive appearances, about the item's mean; null where none repeats. */
  readonly lagOneAutocorrelation: number | null;
  /** Hill's α over the largest gains, at most a thousand and at most a tenth of all; null of fewer than ten. */
  readonly tailIndex: number | null;
  /** γ of c ∝ K^γ in whole batches, by least squares of log c on log K; null where K does not vary. */
  readonly multiplicityExponent: number | null;
  /** By K, increasing; in whole batches, because c is larger in smaller ones. */
  readonly byMultiplicity: readonly (GainGroup & { readonly multiplicity: number })[];
  /** By epoch, from 1: the trend over the training. */
  readonly byEpoch: readonly (GainGroup & { readonly epoch: number })[];
  /** Share of appearances with s < √c: there a step turns q by more than 45° (claim A1). */
  readonly shareBelowRoot: number;
  /** Share of appearances at which the norm fell: a sign that a step was not tangent, or that rounding won. */
  readonly shareFalling: number;
}

/** Adds up the gains of a training, in memory that does not grow with it. */
export class OpenGainDiagnostics {
  readonly #steps: TrainingSteps;
  readonly #byMultiplicity = new Map<number, OpenGroup>();
  readonly #byEpoch = new Map<number, OpenGroup>();
  readonly #onMultiplicity = new LineFit();
  readonly #logs = new LineFit();
  readonly #withinItems = new WithinItems();
  readonly #largest = new LargestValues(tailSize);
  #appearances = 0;
  #sum = 0;
  #squares = 0;
  #below = 0;
  #falling = 0;

  constructor(steps: TrainingSteps) {
    this.#steps = steps;
  }

  add(appearance: Appearance): void {
    const { item, step, multiplicity, batchSize, before, after } = appearance;
    const gain = gainOf(appearance);
    this.#appearances += 1;
    this.#sum += gain;
    this.#squares += gain * gain;
    if (before * before < gain) this.#below += 1;
    if (after < before) this.#falling += 1;
    const isWhole = batchSize === this.#steps.largestBatch;
    if (isWhole) groupOf(this.#byMultiplicity, multiplicity).add(gain);
    groupOf(this.#byEpoch, Math.ceil(step / this.#steps.perEpoch)).add(gain);
    if (gain <= 0) return;
    this.#largest.add(gain);
    if (isWhole) this.#onMultiplicity.add(Math.log(multiplicity), Math.log(gain));
    this.#logs.add(0, Math.log(gain));
    this.#withinItems.add(item, Math.log(gain));
  }

  close(): GainDiagnostics {
    const mean = this.#sum / this.#appearances;
    const variance = Math.max(0, this.#squares / this.#appearances - mean * mean);
    return {
      appearances: this.#appearances,
      mean,
      coefficientOfVariation: Math.sqrt(variance) / mean,
      logStandardDeviation: this.#logs.standardDeviationOfY,
      lagOneAutocorrelation: this.#withinItems.lagOneAutocorrelation(),
      tailIndex: this.#largest.hillIndex(Math.floor(this.#appearances / 10)),
      multiplicityExponent: this.#onMultiplicity.slope,
      byMultiplicity: closed(this.#byMultiplicity).map(([multiplicity, group]) => ({ multiplicity, ...group })),
      byEpoch: closed(this.#byEpoch).map(([epoch, group]) => ({ epoch, ...group })),
      shareBelowRoot: this.#below / this.#appearances,
      shareFalling: this.#falling / this.#appearances,
    };
  }
}

class OpenGroup {
  #appearances = 0;
  #sum = 0;

  add(gain: number): void {
    this.#appearances += 1;
    this.#sum += gain;
  }

  close(): GainGroup {
    return { appearances: this.#appearances, meanGain: this.#sum / this.#appearances };
  }
}

function groupOf(groups: Map<number, OpenGroup>, key: number): OpenGroup {
  const group = groups.get(key) ?? new OpenGroup();
  groups.set(key, group);
  return group;
}

function closed(groups: ReadonlyMap<number, OpenGroup>): [number, GainGroup][] {
  return [...groups].sort(([a], [b]) => a - b).map(([key, group]) => [key, group.close()]);
}
