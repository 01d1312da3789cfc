import { stat } from 'node:fs/promises';
import type { Cells } from '../engine/cell-list.ts';
import { type Cell, planCells } from '../engine/plan.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { plannedOfRun } from '../results/stored-plan.ts';
import { findScenario } from '../scenarios/find-scenario.ts';
import { isInlineScenario, loadScenario } from '../scenarios/load-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { visiblePath } from '../scenarios/visible-text.ts';

/** The pair or training that a replay names, by its cell and its number in the cell. */
export interface ReplicateAddress {
  readonly cell: number;
  readonly pair: number;
}

/**
 * The cell that a replay names: of a run folder, of a scenario (a shipped name or a file), or of an inline scenario. A
 * scenario's cells are planned as a run of it, with nothing overridden, would plan them.
 *
 * @throws {ResultsError} when there is no such run, cell or pair, or another version computed it
 * @throws {ScenarioError} for what is wrong in a scenario, or when it has no such cell or pair
 */
export async function cellNamed(name: string, address: ReplicateAddress): Promise<Cell> {
  if (!isInlineScenario(name) && (await isFolder(name))) return cellOfRun(await readRun(name), address);
  const { cells, source } = await loadScenario(await scenarioNamed(name));
  return cellAt(planCells(cells).cells, address, (what) => new ScenarioError(`${source}: ${what}`));
}

function cellOfRun(run: StoredRun, address: ReplicateAddress): Cell {
  const refusal = (what: string) => new ResultsError(`${run.path}: ${what}`);
  const planned = plannedOfRun(run);
  if (planned === null) throw refusal('expected a run of coupled pairs');
  return cellAt(planned.plan.cells, address, refusal);
}

function cellAt(cells: Cells<Cell>, address: ReplicateAddress, refusal: (what: string) => Error): Cell {
  const cell = cells.at(address.cell);
  if (cell === undefined) throw refusal(`--cell ${address.cell} — expected 0 to ${cells.length - 1}`);
  if (address.pair >= cell.replicates) throw refusal(`--pair ${address.pair} — expected 0 to ${cell.replicates - 1}`);
  return cell;
}

/** @throws {ResultsError} when it is no scenario: by now it is neither that nor a run folder */
export async function scenarioNamed(name: string): Promise<string> {
  try {
    return await findScenario(name);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const said = `${visiblePath(name)}: there is no such run folder; as a scenario: ${error.message}`;
    throw new ResultsError(said.split('\n'));
  }
}

export async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
