import type { GainModel, GainPath, GainSetting, Sharing, Uniform } from './gain-model.ts';

/** Independent heavy-tailed gains: Pareto with tail index α > 1, scaled so that the mean gain is c. */
export interface ParetoGain {
  readonly model: 'pareto';
  readonly sharing: Sharing;
  /** α > 1: P(c > x) ∝ x^−α. The variance is infinite for α ≤ 2. */
  readonly tailIndex: number;
}

export function paretoGain(specification: ParetoGain, setting: GainSetting): GainModel {
  const { tailIndex } = specification;
  const least = (setting.baseGain * (tailIndex - 1)) / tailIndex;
  return { usesCopies: false, isDeterministic: false, open: () => new ParetoPath(least, tailIndex) };
}

/** One independent draw a step, by inversion of the survival function; one uniform each. */
class ParetoPath implements GainPath {
  readonly #least: number;
  readonly #tailIndex: number;
  #step = 0;
  #gain = 0;

  constructor(least: number, tailIndex: number) {
    this.#least = least;
    this.#tailIndex = tailIndex;
  }

  gain(step: number, _copies: number, uniform: Uniform): number {
    if (step !== this.#step) {
      this.#step = step;
      this.#gain = this.#least * Math.exp(-Math.log1p(-uniform()) / this.#tailIndex);
    }
    return this.#gain;
  }
}
