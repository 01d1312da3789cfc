import {
  coupledTrainingsText,
  type ReportedCoupledTrainings,
  type ReportedRecording,
  recordedText,
} from '../report/fidelity-text.ts';
import { type Paint, paintFor } from '../report/paint.ts';
import { coupledCell } from '../report/sources/coupled-trainings-source.ts';
import { recordedCell } from '../report/sources/predictors-source.ts';
import { soundCells } from '../report/sources/summary-cells.ts';
import { trainingsCell } from '../report/sources/trainings-source.ts';
import { type ReportedTraining, trainingText } from '../report/training-text.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { plannedOfRun, shardOf } from '../results/stored-plan.ts';
import { tellCoupled } from './run-coupled.ts';
import { tellStoredShard } from './run-shard.ts';
import { storedCells } from './stored-facts.ts';
import { failuresOf, tellFailures } from './tell-failures.ts';

/**
 * Prints the summary of a finished run, and of coupled pairs what came of the scenario's expectations: those of trainings are
 * not in the run folder. A shard has no numbers: of it is told what is to be done next.
 *
 * @returns whether no cell has failed and all is as expected, as far as that is known
 * @throws {ResultsError} when it is not finished, or its summary is not of this version's form
 */
export async function tellStored(path: string): Promise<boolean> {
  const run = await readRun(path);
  const planned = plannedOfRun(run);
  const shard = shardOf(run.manifest);
  // Before anything is printed.
  failuresOf(run.summary, path);
  let isAsExpected = true;
  if (planned === null) process.stdout.write(storedText(run, paintFor(process.stdout)));
  else if (shard !== null) tellStoredShard(planned, shard, path);
  else isAsExpected = await tellCoupled(planned.scenario, run.summary, path, 'text');
  const hasFailures = await tellFailures(run.summary, path, 'text');
  return isAsExpected && !hasFailures;
}

/**
 * The text of a finished run of trainings or of a study.
 *
 * @throws {ResultsError} when the plan or the summary is not of this version's form
 */
export function storedText(run: StoredRun, paint: Paint): string {
  // Refuses a plan without cells.
  storedCells(run);
  const isOf = (kind: string) => Object.hasOwn(run.manifest.plan as object, kind);
  const form = isOf('trainings') ? trainingsCell : isOf('predictors') ? recordedCell : coupledCell;
  soundCells<object>(run.summary, run.path, form);
  const summary = run.summary as unknown as {
    readonly scenario: string;
    readonly description: string;
    readonly cells: readonly never[];
  };
  const { scenario, description, cells } = summary;
  if (isOf('trainings')) return trainingText(scenario, description, cells as readonly ReportedTraining[], paint);
  const head = { ...summary, name: scenario };
  return isOf('predictors')
    ? recordedText(head, cells as readonly ReportedRecording[], paint)
    : coupledTrainingsText(head, cells as readonly ReportedCoupledTrainings[], paint);
}
