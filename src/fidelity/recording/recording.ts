import type { Interactions } from '../../trainer/data-sets/interactions.ts';
import type { TrainingSpecification } from '../../trainer/specification.ts';
import type { Appearance } from '../../trainer/steppers/watched-stepper.ts';
import { stepsOfTraining } from '../../trainer/training-steps.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { type GainDiagnostics, OpenGainDiagnostics } from './gain-diagnostics.ts';
import { type ItemLedger, OpenLedger } from './item-ledger.ts';
import { LineFit } from './line-fit.ts';

/** A recorded training: what is known of each item, and of the gains as a whole. */
export interface Recording {
  readonly specification: TrainingSpecification;
  /** Pairs of the data; all of them in an epoch. */
  readonly interactions: number;
  /** Of each item. */
  readonly popularity: readonly number[];
  /** s = ‖q‖² of each item before the training, and after it. */
  readonly initial: readonly number[];
  readonly final: readonly number[];
  readonly items: readonly ItemLedger[];
  readonly gains: GainDiagnostics & {
    /** Slope of log c̄ on log popularity over the items, c̄ an item's mean gain; null where popularity does not vary. */
    readonly popularityExponent: number | null;
  };
}

/** Records a training from its appearances. */
export class Recorder {
  readonly #specification: TrainingSpecification;
  readonly #interactions: number;
  readonly #items: readonly OpenLedger[];
  readonly #gains: OpenGainDiagnostics;

  constructor(specification: TrainingSpecification, data: Interactions) {
    this.#specification = specification;
    this.#interactions = data.pairs.length;
    this.#items = data.items.map(() => new OpenLedger());
    this.#gains = new OpenGainDiagnostics(stepsOfTraining(specification, data.pairs.length));
  }

  add(appearance: Appearance): void {
    this.#items[appearance.item].add(appearance);
    this.#gains.add(appearance);
  }

  close({ popularity, initialNorm, finalNorm }: TrainingSummary['items']): Recording {
    return {
      specification: this.#specification,
      interactions: this.#interactions,
      popularity,
      initial: initialNorm.map((norm) => norm ** 2),
      final: finalNorm.map((norm) => norm ** 2),
      items: this.#items,
      gains: { ...this.#gains.close(), popularityExponent: popularityExponent(popularity, this.#items) },
    };
  }
}

function popularityExponent(popularity: readonly number[], items: readonly ItemLedger[]): number | null {
  const fit = new LineFit();
  for (const [item, { appearances, totalGain }] of items.entries()) {
    if (totalGain > 0) fit.add(Math.log(popularity[item]), Math.log(totalGain / appearances));
  }
  return fit.slope;
}
