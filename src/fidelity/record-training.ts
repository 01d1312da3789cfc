import type { KernelOption } from '../engine/choose-member.ts';
import type { Interactions } from '../trainer/data-sets/interactions.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';
import type { Appearance } from '../trainer/steppers/watched-stepper.ts';
import { type TrainingStreams, train } from '../trainer/train.ts';
import type { TrainingSummary } from '../trainer/training-summary.ts';
import { Recorder, type Recording } from './recording/recording.ts';

interface RecordingOptions {
  readonly kernel?: KernelOption;
  readonly onEpoch?: ((epoch: number) => void) | undefined;
  /** Told of every appearance, too. */
  readonly onAppearance?: ((appearance: Appearance) => void) | undefined;
}

/** Trains, and records every item's growth. */
export function recordTraining(
  specification: TrainingSpecification,
  data: Interactions,
  streams: TrainingStreams,
  { kernel, onEpoch, onAppearance }: RecordingOptions = {},
): { readonly summary: TrainingSummary; readonly recording: Recording } {
  const recorder = new Recorder(specification, data);
  const summary = train(specification, data, streams, {
    ...(kernel === undefined ? {} : { kernel }),
    onEpoch,
    onAppearance(appearance) {
      recorder.add(appearance);
      onAppearance?.(appearance);
    },
  });
  return { summary, recording: recorder.close(summary.items) };
}
