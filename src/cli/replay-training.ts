import type { ChunkedCell } from '../engine/plan.ts';
import { paintFor } from '../report/paint.ts';
import { trainingText } from '../report/training-text.ts';
import { readRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { isInlineScenario, loadAnyScenario } from '../scenarios/load-scenario.ts';
import { problemOfStored } from '../scenarios/training/stored-training.ts';
import type { DataSource } from '../trainer/specification.ts';
import { planTrainings, runTraining, type Tables, type TrainingCell } from '../trainer/training-cell.ts';
import { isFolder, type ReplicateAddress, scenarioNamed } from './run-cell.ts';

/** Trainings that can be run again. */
interface Replayable {
  readonly name: string;
  readonly cells: readonly TrainingCell[];
  readonly tables: Tables;
}

/**
 * Runs one training again from its address and prints it. Returns false where the run or scenario holds no trainings.
 *
 * @throws {ResultsError} when there is no such cell or training, or its table is not at hand
 */
export async function replayTraining(
  name: string,
  address: ReplicateAddress,
  format: 'text' | 'json',
): Promise<boolean> {
  const found = await trainingsNamed(name);
  if (found === null) return false;
  const cell = cellAt(found, address);
  const chunk = { cell: cell.index, block: address.pair, first: address.pair, replicates: 1 };
  const trainings = runTraining(cell, chunk, found.tables);
  if (format === 'json') process.stdout.write(`${JSON.stringify(trainings[0], null, 2)}\n`);
  else {
    const title = `${found.name}, cell ${address.cell}, training ${address.pair}`;
    const reported = [{ training: cell.training, index: 0, swept: {}, trainings }];
    process.stdout.write(trainingText(title, '', reported, paintFor(process.stdout)));
  }
  return true;
}

async function trainingsNamed(name: string): Promise<Replayable | null> {
  if (!isInlineScenario(name) && (await isFolder(name))) {
    const { manifest, path } = await readRun(name);
    const { trainings } = (manifest.plan ?? {}) as { readonly trainings?: readonly TrainingCell[] };
    return !Array.isArray(trainings) ? null : { name: path, cells: trainings, tables: new Map() };
  }
  const scenario = await loadAnyScenario(await scenarioNamed(name));
  if (scenario.kind !== 'train') return null;
  return { name: scenario.name, cells: planTrainings(scenario.cells), tables: scenario.tables };
}

function cellAt({ name, cells, tables }: Replayable, { cell: index, pair }: ReplicateAddress): TrainingCell {
  const cell = addressedCell(name, cells, { cell: index, pair });
  requireSound(name, cell);
  requireTable(name, cell.training.data, tables);
  return cell;
}

/** @throws {ResultsError} for a cell of a run folder that no scenario could have asked for */
export function requireSound(name: string, cell: ChunkedCell): void {
  const problem = problemOfStored(cell);
  if (problem !== null)
    throw new ResultsError(`${name}: cell ${cell.index} of its manifest: ${problem}; it was changed by hand`);
}

/** @throws {ResultsError} when there is no such cell, or no such replicate in it */
export function addressedCell<C extends ChunkedCell>(
  name: string,
  cells: readonly C[],
  { cell: index, pair }: ReplicateAddress,
): C {
  const cell = cells[index];
  if (cell === undefined || cell === null)
    throw new ResultsError(`${name}: --cell ${index} — expected 0 to ${cells.length - 1}`);
  if (pair >= cell.replicates) throw new ResultsError(`${name}: --pair ${pair} — expected 0 to ${cell.replicates - 1}`);
  return cell;
}

/** @throws {ResultsError} when the cell learns from a table that is not at hand */
export function requireTable(name: string, data: DataSource, tables: Tables): void {
  if (data.from !== 'table' || tables.has(data.sha256)) return;
  throw new ResultsError(`${name}: the table is not kept with the run; name the scenario file to replay from`);
}
