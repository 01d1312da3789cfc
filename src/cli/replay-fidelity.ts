import type { CoupledTrainings } from '../fidelity/coupled/run-coupled-trainings.ts';
import {
  type CoupledTrainingCell,
  type FidelityCell,
  planCoupledTrainings,
  planRecorded,
  type RecordedCell,
  runFidelity,
} from '../fidelity/fidelity-cell.ts';
import type { RecordedTraining } from '../fidelity/recorded-training.ts';
import { coupledTrainingsText, recordedText } from '../report/fidelity-text.ts';
import { paintFor } from '../report/paint.ts';
import { readRun } from '../results/read-run.ts';
import { isInlineScenario, loadAnyScenario } from '../scenarios/load-scenario.ts';
import type { Tables } from '../trainer/training-cell.ts';
import { addressedCell, requireSound, requireTable } from './replay-training.ts';
import { isFolder, type ReplicateAddress, scenarioNamed } from './run-cell.ts';

/** A study that can be run again. */
interface Replayable {
  readonly name: string;
  readonly cells: readonly FidelityCell[];
  readonly tables: Tables;
}

/**
 * Runs one training of a study, or one pair of trainings, again from its address and prints it. Returns false where the run
 * or scenario is no study.
 *
 * @throws {ResultsError} when there is no such cell or replicate, or its table is not at hand
 */
export async function replayFidelity(
  name: string,
  address: ReplicateAddress,
  format: 'text' | 'json',
): Promise<boolean> {
  const found = await studyNamed(name);
  if (found === null) return false;
  const cell = addressedCell(found.name, found.cells, address);
  requireSound(found.name, cell);
  const { data } = cell.study === 'predictors' ? cell.training : cell.coupled.training;
  requireTable(found.name, data, found.tables);
  const chunk = { cell: cell.index, block: 0, first: address.pair, replicates: 1 };
  const result = runFidelity(cell, chunk, found.tables);
  if (format === 'json') process.stdout.write(`${JSON.stringify('pairs' in result ? result : result[0], null, 2)}\n`);
  else process.stdout.write(textOf(`${found.name}, cell ${address.cell}, replicate ${address.pair}`, cell, result));
  return true;
}

function textOf(name: string, cell: FidelityCell, result: ReturnType<typeof runFidelity>): string {
  const titled = { name, description: '' };
  const paint = paintFor(process.stdout);
  if (cell.study === 'predictors') {
    const trainings = result as readonly RecordedTraining[];
    return recordedText(titled, [{ training: cell.training, index: 0, swept: {}, trainings }], paint);
  }
  return coupledTrainingsText(
    titled,
    [{ coupled: cell.coupled, index: 0, swept: {}, result: result as CoupledTrainings }],
    paint,
  );
}

async function studyNamed(name: string): Promise<Replayable | null> {
  if (!isInlineScenario(name) && (await isFolder(name))) {
    const { manifest, path } = await readRun(name);
    const plan = (manifest.plan ?? {}) as {
      readonly predictors?: readonly RecordedCell[];
      readonly 'coupled-trainings'?: readonly CoupledTrainingCell[];
    };
    const cells = plan.predictors ?? plan['coupled-trainings'];
    return !Array.isArray(cells) ? null : { name: path, cells, tables: new Map() };
  }
  const scenario = await loadAnyScenario(await scenarioNamed(name));
  if (scenario.kind !== 'fidelity') return null;
  const { tables } = scenario;
  const cells =
    scenario.study === 'predictors'
      ? planRecorded(scenario.cells, 'auto')
      : planCoupledTrainings(scenario.cells, 'auto');
  return { name: scenario.name, cells, tables };
}
