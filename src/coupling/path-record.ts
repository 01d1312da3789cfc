import { isOrderViolated, isTied } from '../process/order.ts';
import type { OrderCounts } from './order-counts.ts';

/** One step of a pair, as `replay` prints it. */
export interface ObservedStep {
  readonly step: number;
  readonly lower: number;
  readonly upper: number;
  /** c′ and c″; 0 for a run whose batch does not hold the item. */
  readonly lowerGain: number;
  readonly upperGain: number;
  /** Whether the sharp criterion says that this step breaks the order; null where no criterion is known. */
  readonly breaksOrder: boolean | null;
}

export type Observer = (observed: ObservedStep) => void;

/** The path of one pair as it is walked: checks the order after every step and keeps the recorded steps. */
export class PathRecord {
  /** s′ and s″ at the recorded steps. */
  readonly recordedLower: Float64Array;
  readonly recordedUpper: Float64Array;
  lower = 0;
  upper = 0;
  initial = { lower: 0, upper: 0 };
  readonly #recordedSteps: readonly number[];
  readonly #observer: Observer | null;
  #step = 0;
  #recorded = 0;
  #violatedSteps = 0;
  #newViolations = 0;
  #newViolationsPredicted: number | null = 0;
  #firstViolation = 0;

  constructor(recordedSteps: readonly number[], observer: Observer | null = null) {
    this.#recordedSteps = recordedSteps;
    this.#observer = observer;
    this.recordedLower = new Float64Array(recordedSteps.length);
    this.recordedUpper = new Float64Array(recordedSteps.length);
  }

  /** The last completed step. */
  get step(): number {
    return this.#step;
  }

  get isViolated(): boolean {
    return isOrderViolated(this.lower, this.upper);
  }

  begin(lower: number, upper: number): void {
    this.initial = { lower, upper };
    this.lower = lower;
    this.upper = upper;
    this.#step = 0;
    this.#recorded = 0;
    this.#violatedSteps = 0;
    this.#newViolations = 0;
    this.#newViolationsPredicted = 0;
    this.#firstViolation = 0;
  }

  /** Completes all steps up to `step` with the state unchanged. */
  hold(step: number): void {
    if (step <= this.#step) return;
    if (this.isViolated) this.#violatedSteps += step - this.#step;
    this.#step = step;
    this.#keepRecorded();
  }

  /** Completes the next step with a new state, and checks the order. */
  move(lower: number, upper: number, breaksOrder: boolean | null, lowerGain: number, upperGain: number): void {
    const wasViolated = this.isViolated;
    this.lower = lower;
    this.upper = upper;
    this.#step += 1;
    if (breaksOrder === null) this.#newViolationsPredicted = null;
    else if (breaksOrder && this.#newViolationsPredicted !== null) this.#newViolationsPredicted += 1;
    if (this.isViolated) {
      this.#violatedSteps += 1;
      if (!wasViolated) {
        this.#newViolations += 1;
        if (this.#firstViolation === 0) this.#firstViolation = this.#step;
      }
    }
    this.#keepRecorded();
    this.#observer?.({ step: this.#step, lower, upper, lowerGain, upperGain, breaksOrder });
  }

  /** The counts of this one pair. */
  orderCounts(replicate: number): OrderCounts {
    const isViolatedSomewhere = this.#newViolations > 0;
    return {
      pairs: 1,
      pairsViolatedAtSomeStep: isViolatedSomewhere ? 1 : 0,
      pairsViolatedAtEnd: this.isViolated ? 1 : 0,
      violatedPairSteps: this.#violatedSteps,
      newViolations: this.#newViolations,
      newViolationsPredicted: this.#newViolationsPredicted,
      ties: isTied(this.lower, this.upper) ? 1 : 0,
      firstViolation: isViolatedSomewhere ? { replicate, step: this.#firstViolation } : null,
    };
  }

  #keepRecorded(): void {
    while (this.#recorded < this.#recordedSteps.length && this.#recordedSteps[this.#recorded] <= this.#step) {
      this.recordedLower[this.#recorded] = this.lower;
      this.recordedUpper[this.#recorded] = this.upper;
      this.#recorded += 1;
    }
  }
}
