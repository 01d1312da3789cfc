import { decayFactor } from '../process/decay.ts';
import type { GainModel, GainPath } from '../process/gains/gain-model.ts';
import { gainModel } from '../process/gains/index.ts';
import { grow } from '../process/grow.ts';
import { predictsViolation } from '../process/order.ts';
import { orderDrop } from '../process/order-criterion.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { StreamSource } from '../random/streams.ts';
import type { PairWalk, WalkOptions } from './pair-walk.ts';
import type { PathRecord } from './path-record.ts';
import { drawInitialSquaredNorm } from './start.ts';

/**
 * The process itself: s ← κs + c/s at an appearance, with κ = 1 unless there is weight decay (κ = (1 − η_tλ)², at
 * every step if dense, at appearances if lazy).
 */
export class ScalarWalk implements PairWalk {
  readonly record: PathRecord;
  readonly #pair: PairParameters;
  readonly #isIndependent: boolean;
  readonly #isShared: boolean;
  readonly #lowerModel: GainModel;
  readonly #upperModel: GainModel;
  readonly #decay: ((step: number) => number) | null;
  readonly #isDense: boolean;
  #lowerPath: GainPath;
  #upperPath: GainPath;
  #lowerUniform: () => number = closed;
  #upperUniform: () => number = closed;

  constructor(pair: PairParameters, record: PathRecord, { isIndependent }: WalkOptions) {
    this.record = record;
    this.#pair = pair;
    this.#isIndependent = isIndependent;
    this.#isShared = pair.gain.sharing === 'shared' && !isIndependent;
    this.#lowerModel = gainModel(pair, 'lower');
    this.#upperModel = gainModel(pair, 'upper');
    this.#decay = pair.weightDecay.rate > 0 ? decayFactor(pair) : null;
    this.#isDense = pair.weightDecay.rate > 0 && pair.weightDecay.applies === 'dense';
    this.#lowerPath = this.#lowerModel.open();
    this.#upperPath = this.#upperModel.open();
  }

  begin(open: StreamSource): void {
    const { initialSquaredNorm } = this.#pair;
    const lower = drawInitialSquaredNorm(initialSquaredNorm, () => open('start'));
    const upper = this.#isIndependent ? drawInitialSquaredNorm(initialSquaredNorm, () => open('start-upper')) : lower;
    this.record.begin(lower, upper);
    if (this.#lowerModel.isDeterministic) return;
    this.#lowerPath = this.#lowerModel.open();
    this.#lowerUniform = open('gain');
    this.#upperPath = this.#isShared ? this.#lowerPath : this.#upperModel.open();
    this.#upperUniform = this.#isShared ? this.#lowerUniform : open('gain-upper');
  }

  appear(step: number, lowerCopies: number, upperCopies: number): void {
    this.#passTo(step - 1);
    const lowerGain = lowerCopies > 0 ? this.#lowerPath.gain(step, lowerCopies, this.#lowerUniform) : 0;
    const upperGain = upperCopies > 0 ? this.#upperPath.gain(step, upperCopies, this.#upperUniform) : 0;
    const decay = this.#decay === null ? 1 : this.#decay(step);
    const lowerDecay = this.#isDense || lowerCopies > 0 ? decay : 1;
    const upperDecay = this.#isDense || upperCopies > 0 ? decay : 1;
    const { lower, upper } = this.record;
    const nextLower = lowerCopies > 0 ? grow(lower, lowerGain, lowerDecay) : lower * lowerDecay;
    const nextUpper = upperCopies > 0 ? grow(upper, upperGain, upperDecay) : upper * upperDecay;
    // The sharp criterion (A1, A2), as an amount, so that rounding can be told from a violation.
    const drop = orderDrop(lower, upper, lowerGain, upperGain, lowerDecay, upperDecay);
    this.#move(drop, nextLower, nextUpper, lowerGain, upperGain);
  }

  finish(): void {
    this.#passTo(this.#pair.steps);
  }

  settle(lower: number, upper: number): void {
    this.record.hold(this.#pair.steps - 1);
    this.record.move(lower, upper, false, 0, 0);
  }

  /** The steps up to and including `step` hold the item in neither run. */
  #passTo(step: number): void {
    const { record } = this;
    if (this.#isDense && this.#decay !== null) {
      while (record.step < step) {
        const decay = this.#decay(record.step + 1);
        const { lower, upper } = record;
        this.#move(decay * (lower - upper), decay * lower, decay * upper, 0, 0);
      }
    }
    record.hold(step);
  }

  #move(drop: number, lower: number, upper: number, lowerGain: number, upperGain: number): void {
    const isBreaking = !this.record.isViolated && predictsViolation(drop, lower, upper);
    this.record.move(lower, upper, isBreaking, lowerGain, upperGain);
  }
}

function closed(): number {
  throw new RangeError('ScalarWalk: a gain was asked for before begin()');
}
