/** A draw from Uniform[0, 1): randomness enters the formulas by the door. */
export type Uniform = () => number;

/** Which of the two coupled runs. */
export type Run = 'lower' | 'upper';

/** Whether the two runs share their gains, or draw them independently (theory, section 3). */
export type Sharing = 'shared' | 'own';

/** The gains of one training (or of both, when they are shared), as a function of the step. */
export interface GainPath {
  /**
   * The gain c of an appearance.
   *
   * @param step the step of the appearance, counted from 1; must not decrease between calls. A repeated step
   *   has the same noise, so that two runs sharing the path share c.
   * @param copies slots of the batch that hold the item, ≥ 1
   * @param uniform where a random gain takes its draws from
   */
  gain(step: number, copies: number, uniform: Uniform): number;
}

/** A law of the gains c_t. */
export interface GainModel {
  /** Whether c depends on the number of copies in the batch; if so the coupling draws them. */
  readonly usesCopies: boolean;
  /** Whether c is a function of the step alone, so that small trainings can be enumerated. */
  readonly isDeterministic: boolean;
  open(): GainPath;
}

/** What a gain model needs to know of the training it belongs to. */
export interface GainSetting {
  /** (η‖Pu‖)²: the gain that the model modulates. */
  readonly baseGain: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly run: Run;
}
