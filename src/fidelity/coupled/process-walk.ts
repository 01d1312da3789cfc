import { PathRecord } from '../../coupling/path-record.ts';
import { grow } from '../../process/grow.ts';

/** What a step did to the item in one of two real runs: K copies, and the gain c = s(s⁺ − s) that it had. */
export interface RunStep {
  readonly copies: number;
  readonly gain: number;
}

/** The gains that a process gives to the two runs of a step, from what the real runs had. */
export type GainRule = (lower: RunStep, upper: RunStep) => readonly [lower: number, upper: number];

/** The process s ← s + c/s beside two real runs: the same batches, gains by a rule. */
export class ProcessWalk {
  readonly record: PathRecord;
  readonly #rule: GainRule;

  constructor(recordedSteps: readonly number[], rule: GainRule) {
    this.record = new PathRecord(recordedSteps);
    this.#rule = rule;
  }

  begin(lower: number, upper: number): void {
    this.record.begin(lower, upper);
  }

  step(lower: RunStep, upper: RunStep): void {
    const [lowerGain, upperGain] = this.#rule(lower, upper);
    const { record } = this;
    const nextLower = lower.copies > 0 ? grow(record.lower, lowerGain) : record.lower;
    const nextUpper = upper.copies > 0 ? grow(record.upper, upperGain) : record.upper;
    record.move(nextLower, nextUpper, null, lowerGain, upperGain);
  }
}

/** (e) Each run's own recorded gains: the real norms again, up to rounding, where the four conditions hold. */
export const ownGains: GainRule = (lower, upper) => [lower.gain, upper.gain];

/** The upper run's recorded gains in both: the article's shared c_t. Where the lower run is present, so is the upper. */
export const sharedGains: GainRule = (_lower, upper) => [upper.gain, upper.gain];

/** (f) The law of the in-batch softmax, from K alone. */
export function softmaxGains(gainOfSlot: number, batchSize: number): GainRule {
  const gainOf = ({ copies }: RunStep) => gainOfSlot * copies * (1 - copies / batchSize);
  return (lower, upper) => [gainOf(lower), gainOf(upper)];
}
