import type { GainModel, GainSetting, Sharing } from './gain-model.ts';

/**
 * c_t = c·values[t − 1]: gains given one by one, for instance recorded from a real training.
 * With η = ‖Pu‖ = 1 the values are the gains themselves.
 */
export interface TraceGain {
  readonly model: 'trace';
  readonly sharing: Sharing;
  /** One value a step. */
  readonly values: readonly number[];
  /** The upper run's values when the gains are own; the lower run's where absent. */
  readonly upperValues?: readonly number[] | undefined;
}

export function traceGain(specification: TraceGain, setting: GainSetting): GainModel {
  const isOwnUpper = specification.sharing === 'own' && setting.run === 'upper';
  const values = (isOwnUpper ? specification.upperValues : undefined) ?? specification.values;
  if (values.length < setting.steps) {
    throw new RangeError(`traceGain: a training of ${setting.steps} steps needs as many values, got ${values.length}`);
  }
  const path = { gain: (step: number) => setting.baseGain * values[step - 1] };
  return { usesCopies: false, isDeterministic: true, open: () => path };
}
