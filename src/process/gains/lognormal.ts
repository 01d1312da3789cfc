import { standardNormalQuantile } from '../../maths/normal-quantile.ts';
import type { GainModel, GainPath, GainSetting, Sharing, Uniform } from './gain-model.ts';

/**
 * c_t = c·exp(σx_t − σ²/2), x a stationary Gaussian AR(1) with unit variance and correlation ρ between steps.
 * The mean gain is c; ρ = 0 gives independent gains.
 */
export interface LognormalGain {
  readonly model: 'lognormal';
  readonly sharing: Sharing;
  /** σ ≥ 0, the standard deviation of log c. */
  readonly sigma: number;
  /** ρ in [0, 1], the correlation of log c between consecutive steps. */
  readonly rho: number;
}

export function lognormalGain(specification: LognormalGain, setting: GainSetting): GainModel {
  return { usesCopies: false, isDeterministic: false, open: () => new LognormalPath(specification, setting.baseGain) };
}

/** One AR(1) path, drawn only at the steps asked for: between appearances it jumps. One uniform a jump. */
class LognormalPath implements GainPath {
  readonly #sigma: number;
  readonly #rho: number;
  readonly #meanGain: number;
  #step = 0;
  #x = 0;
  #gain = 0;

  constructor({ sigma, rho }: LognormalGain, meanGain: number) {
    this.#sigma = sigma;
    this.#rho = rho;
    this.#meanGain = meanGain;
  }

  gain(step: number, _copies: number, uniform: Uniform): number {
    if (step === this.#step) return this.#gain;
    // The gap-step transition of a stationary AR(1): correlation ρ^gap, unit variance kept.
    const correlation = this.#step === 0 ? 0 : this.#rho ** (step - this.#step);
    // Half the uniform's grain at 0, where the quantile is infinite.
    const normal = standardNormalQuantile(Math.max(uniform(), 2 ** -54));
    this.#x = correlation * this.#x + Math.sqrt(1 - correlation * correlation) * normal;
    this.#gain = this.#meanGain * Math.exp(this.#sigma * this.#x - (this.#sigma * this.#sigma) / 2);
    this.#step = step;
    return this.#gain;
  }
}
