import {
  coupledTrainingsText,
  type ReportedCoupledTrainings,
  type ReportedRecording,
  recordedText,
} from '../report/fidelity-text.ts';
import { type Paint, paintFor } from '../report/paint.ts';
import { summaryText, type TextSummary } from '../report/run-text.ts';
import { type ReportedTraining, trainingText } from '../report/training-text.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { readSummary } from '../results/read-summary.ts';
import { visiblePath } from '../scenarios/visible-text.ts';
import { storedCells } from './stored-facts.ts';

/**
 * Prints the summary of a finished run.
 *
 * @throws {ResultsError} when it is not finished, or its summary is not of this version's form
 */
export async function tellStored(path: string): Promise<void> {
  process.stdout.write(storedText(await readRun(path), paintFor(process.stdout)));
}

function storedText(run: StoredRun, paint: Paint): string {
  const { runs: kind } = storedCells(run);
  if (kind === 'coupled') {
    return summaryText(readSummary(run.summary, run.path) as unknown as TextSummary, visiblePath(run.path), paint);
  }
  const summary = run.summary as unknown as {
    readonly scenario: string;
    readonly description: string;
    readonly study?: string;
    readonly cells: readonly never[];
  };
  const { scenario, description, study, cells } = summary;
  if (kind === 'train') return trainingText(scenario, description, cells as readonly ReportedTraining[], paint);
  const head = { ...summary, name: scenario };
  return study === 'predictors'
    ? recordedText(head, cells as readonly ReportedRecording[], paint)
    : coupledTrainingsText(head, cells as readonly ReportedCoupledTrainings[], paint);
}
