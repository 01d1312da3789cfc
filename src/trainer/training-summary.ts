import type { SideRecord } from './side-record.ts';

/** One recorded step: the last of its epoch. */
export interface StepRecord {
  readonly epoch: number;
  readonly step: number;
  /** Before the step. */
  readonly loss: number;
  /** Mean cosine of all pairs of the data, after the step. */
  readonly meanCosine: number;
  readonly user: SideRecord;
  readonly item: SideRecord;
  /** Correlations of the items' interactions in the data and their norms after the step; null where there is none. */
  readonly popularity: { readonly pearson: number | null; readonly spearman: number | null };
  /** Where each row was before and after the step, x and y in turn; null unless d = 2. */
  readonly picture: { readonly user: Move; readonly item: Move } | null;
}

/** What a training tells of an epoch when it is done. */
export interface ToldEpoch {
  readonly epoch: number;
  /** Of the epoch's last batch, before its step; null where a number was no longer finite. */
  readonly loss: number | null;
  /** Of the epoch's last step, where it is one of those recorded. */
  readonly record: StepRecord | null;
}

/** Where the rows were before and after a step. */
interface Move {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The outputs of both towers, row by row, after a step. */
export interface TrainingSnapshot {
  readonly step: number;
  readonly loss_before_step: number;
  /** Of the same batch. */
  readonly loss_after_step: number;
  readonly users: readonly (readonly number[])[];
  readonly items: readonly (readonly number[])[];
}

/** What a training leaves behind: plain data. */
export interface TrainingSummary {
  /** Steps done. */
  readonly steps: number;
  readonly epochs: number;
  readonly records: readonly StepRecord[];
  /** The outputs after the steps that were asked for, in the form of parameter files. */
  readonly snapshots: readonly TrainingSnapshot[];
  /** For each item: its interactions in the data, and its norm at the start and at the end. */
  readonly items: {
    readonly popularity: readonly number[];
    readonly initialNorm: readonly number[];
    readonly finalNorm: readonly number[];
  };
  /** Why the training ended before its last epoch; null where it did not. */
  readonly stopped: { readonly step: number; readonly because: string; readonly isFailure: boolean } | null;
}
