import { availableParallelism } from 'node:os';
import type { z } from 'zod';
import { expectNoFailure } from '../engine/engine-event.ts';
import { trainingPatience } from '../engine/pool.ts';
import { runCells } from '../engine/run-plan.ts';
import { loadAnyScenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import type { AxisValue } from '../scenarios/sweep/axis.ts';
import type { trainingSchema } from '../scenarios/training/training-schema.ts';
import type { TrainingSpecification } from '../trainer/specification.ts';
import { planTrainings, type Trainings, trainingKind } from '../trainer/training-cell.ts';
import { trainingExecutor } from '../trainer/training-executor.ts';
import { ProgressCounter } from './progress-counter.ts';
import { expectRunOptions, type RunOptions } from './run-options.ts';
import { type ScenarioInput, scenarioSource } from './scenario-source.ts';

/** A train scenario, as a script writes it: the fields of `kind: train`. */
export type TrainingInput = ScenarioInput<z.input<typeof trainingSchema>>;

/** One cell of a sweep over trainings. */
export interface TrainedCell {
  /** The cell's place in the plan. */
  readonly index: number;
  /** This cell's value of each swept field, by its dotted path. */
  readonly swept: Readonly<Record<string, AxisValue>>;
  /** All that decides its numbers but the draws, defaults filled in. */
  readonly training: TrainingSpecification;
  /** What became of each replicate, in the order of their numbers. */
  readonly trainings: Trainings;
}

/**
 * Trains the cells of a train scenario and tells each as soon as it is whole. Leaving the loop ends the run.
 *
 * @param scenario a shipped name, the path of a YAML file, or the fields themselves
 * @throws {ScenarioError} for what is wrong in the scenario
 * @throws {TypeError | RangeError} for what is wrong in the options
 * @throws {DataError} for what is wrong in a table that it names
 * @throws the signal's reason, when it is aborted
 */
export async function* train(scenario: TrainingInput | string, options: RunOptions = {}): AsyncGenerator<TrainedCell> {
  expectRunOptions('train', options, 'is not kept');
  const {
    signal,
    kernel = 'auto',
    onProgress,
    workers = availableParallelism(),
    chunkTimeoutMs = Number.POSITIVE_INFINITY,
  } = options;
  signal?.throwIfAborted();
  const loaded = await loadAnyScenario(await scenarioSource('train', scenario, 'train'));
  if (loaded.kind !== 'train') throw new ScenarioError(`${loaded.source}: kind — expected train, got ${loaded.kind}`);
  const cells = planTrainings(loaded.cells, kernel);
  const progress = new ProgressCounter(cells, onProgress);
  const all = cells.reduce((sum, { replicates }) => sum + replicates, 0);
  const executor = trainingExecutor(Math.min(workers, all), loaded.tables, { ...trainingPatience, chunkTimeoutMs });
  try {
    for await (const event of runCells(cells, trainingKind, {
      executor,
      ...(signal === undefined ? {} : { signal }),
    })) {
      progress.see(event);
      expectNoFailure(event);
      if (event.type !== 'cell') continue;
      const { training, swept } = loaded.cells[event.cell.index];
      yield { index: event.cell.index, swept, training, trainings: event.summary };
    }
  } finally {
    await executor.close();
  }
  signal?.throwIfAborted();
}
