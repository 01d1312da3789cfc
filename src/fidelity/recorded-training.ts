import type { KernelOption } from '../engine/choose-member.ts';
import { inBatchSoftmaxGain } from '../process/gains/in-batch-softmax.ts';
import type { Interactions } from '../trainer/data-sets/interactions.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';
import type { Appearance } from '../trainer/steppers/watched-stepper.ts';
import { type TrainingStreams, train } from '../trainer/train.ts';
import { stepsOfTraining } from '../trainer/training-steps.ts';
import type { StepRecord, ToldEpoch, TrainingSummary } from '../trainer/training-summary.ts';
import { type ComparisonTable, comparePredictors } from './comparison.ts';
import { predictors } from './predictors/index.ts';
import { Recorder, type Recording } from './recording/recording.ts';

/** A recorded training held against its predictors: plain data. */
export interface RecordedTraining {
  readonly steps: number;
  readonly epochs: number;
  readonly stopped: TrainingSummary['stopped'];
  /** The last recorded step; null where none was. Of popularity and norms, `items` says more. */
  readonly last: Omit<StepRecord, 'picture' | 'popularity'> | null;
  readonly items: TrainingSummary['items'];
  /** Null where no item appeared, and where the gains are too large for numbers. */
  readonly gains: Recording['gains'] | null;
  /** c(K) by the law of the softmax for each K of `gains.byMultiplicity`, in a whole batch at the rate η. */
  readonly law: readonly number[];
  /** Null where `gains` is. */
  readonly comparison: ComparisonTable | null;
}

interface RecordingOptions {
  readonly kernel?: KernelOption | undefined;
  readonly onEpoch?: ((told: ToldEpoch) => void) | undefined;
  /** Told of every appearance, too. */
  readonly onAppearance?: ((appearance: Appearance) => void) | undefined;
}

/** Trains, and records every item's growth. */
export function recordTraining(
  specification: TrainingSpecification,
  data: Interactions,
  streams: TrainingStreams,
  { kernel = 'auto', onEpoch, onAppearance }: RecordingOptions = {},
): { readonly summary: TrainingSummary; readonly recording: Recording } {
  const recorder = new Recorder(specification, data);
  const summary = train(specification, data, streams, {
    kernel,
    onEpoch,
    onAppearance(appearance) {
      recorder.add(appearance);
      onAppearance?.(appearance);
    },
  });
  return { summary, recording: recorder.close(summary.items) };
}

/** Trains, and holds the predictors against what came. */
export function recordedTraining(...request: Parameters<typeof recordTraining>): RecordedTraining {
  const { summary, recording } = recordTraining(...request);
  const { steps, epochs, stopped, items, records } = summary;
  const { mean, coefficientOfVariation } = recording.gains;
  // Of no appearance, or of an overflow, one of them is no number.
  const areSound = !stopped?.isFailure && Number.isFinite(mean) && Number.isFinite(coefficientOfVariation);
  return {
    steps,
    epochs,
    stopped,
    last: sidesOf(records.at(-1)),
    items,
    gains: areSound ? recording.gains : null,
    law: areSound ? lawGains(recording) : [],
    comparison: areSound ? comparePredictors(predictors, recording) : null,
  };
}

function lawGains({ specification, interactions, gains }: Recording): number[] {
  const { optimisers, dimension, loss } = specification;
  const { largestBatch: batchSize, total: steps } = stepsOfTraining(specification, interactions);
  const model = inBatchSoftmaxGain(
    { model: 'in-batch-softmax', sharing: 'shared', temperature: loss.temperature, dimension },
    { baseGain: 1, learningRate: optimisers.item.learningRate, batchSize, steps, run: 'upper' },
  );
  const path = model.open();
  return gains.byMultiplicity.map(({ multiplicity }) => path.gain(1, multiplicity, () => 0));
}

function sidesOf(record: StepRecord | undefined): RecordedTraining['last'] {
  if (record === undefined) return null;
  const { picture: _picture, popularity: _popularity, ...rest } = record;
  return rest;
}
