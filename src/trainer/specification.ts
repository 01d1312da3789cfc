import type { Precision } from '../kernels/info-nce-kernel.ts';
import type { LearningRateSchedule } from '../process/schedules/index.ts';
import type { SamplerName } from './batches/sampler.ts';
import type { GeneratedData } from './data-sets/generated.ts';
import type { LossName } from './named-model.ts';
import type { OptimiserSpecification } from './optimisers/optimiser.ts';

/** Where a training's interactions come from. */
export type DataSource =
  | { readonly from: 'toy' }
  | ({ readonly from: 'generator' } & GeneratedData)
  /** User i meets item i, `pairs` of them. */
  | { readonly from: 'one-to-one'; readonly pairs: number }
  /** A table that was read before: by the SHA-256 of its bytes. */
  | { readonly from: 'table'; readonly sha256: string };

/** The encoder of the users; the items' is an embedding table. */
export type TowerSpecification =
  | { readonly kind: 'embedding' }
  | { readonly kind: 'frozen-linear' | 'embedding-linear'; readonly features: number; readonly bias: boolean }
  | { readonly kind: 'one-hot-linear'; readonly bias: boolean }
  | {
      readonly kind: 'bert';
      readonly width: number;
      readonly heads: number;
      readonly layers: number;
      readonly feedForward: number;
      readonly norm: 'post' | 'pre';
      readonly activation: 'gelu' | 'relu';
      readonly pooling: 'mean' | 'cls';
    };

/** How embedding rows start: independent normal entries, or uniform on a sphere. */
export type InitialRows = { readonly standardDeviation: number } | { readonly radius: number };

/** The optimiser of one tower, its learning rate, and what becomes of the rate from step to step. */
export type TowerOptimiser = OptimiserSpecification & {
  readonly learningRate: number;
  readonly schedule: LearningRateSchedule;
};

/** All that decides the numbers of a training, its draws apart. */
export interface TrainingSpecification {
  readonly data: DataSource;
  /** d, of both towers' outputs. */
  readonly dimension: number;
  /** Of tables and arithmetic; single only where the fused kernel trains. */
  readonly precision: Precision;
  readonly tower: TowerSpecification;
  readonly loss: { readonly name: LossName; readonly temperature: number };
  readonly initial: InitialRows;
  readonly optimisers: { readonly user: TowerOptimiser; readonly item: TowerOptimiser };
  readonly batches: { readonly sampler: SamplerName; readonly size: number };
  readonly epochs: number;
  /** Ends the training early, once the mean cosine of all pairs is at least this; null for never. */
  readonly untilMeanCosine: number | null;
  /**
   * Entries that take the place of drawn ones, row by row, by the name of their parameter as parameter files have it:
   * `left.emb.weight`, `left.lin.bias`, `left.net.…`, `item.weight`. Frozen rows stay as they are here.
   */
  readonly initialParameters?: Readonly<Record<string, readonly number[]>> | undefined;
  /** Steps after which all outputs are kept, increasing. */
  readonly snapshots?: readonly number[] | undefined;
}
