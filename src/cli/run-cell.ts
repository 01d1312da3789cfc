import type { Cell, Plan } from '../engine/plan.ts';
import type { StoredRun } from '../results/read-run.ts';
import { ResultsError } from '../results/results-error.ts';
import { programVersion } from './program-version.ts';

/**
 * The cell of a stored run that a replay names.
 *
 * @throws {ResultsError} when the run has no such cell or pair, or was computed by another version
 */
export function cellOfRun({ manifest, path }: StoredRun, index: number, pair: number): Cell {
  const { normGrowth } = manifest.provenance;
  if (normGrowth !== programVersion()) {
    throw new ResultsError(
      `${path}: was computed by norm-growth ${normGrowth}, this is ${programVersion()}; replay with that version`,
    );
  }
  const { cells } = manifest.plan as unknown as Plan;
  const cell = cells[index];
  if (cell === undefined) throw new ResultsError(`${path}: --cell ${index} — expected 0 to ${cells.length - 1}`);
  if (pair >= cell.replicates) throw new ResultsError(`${path}: --pair ${pair} — expected 0 to ${cell.replicates - 1}`);
  return cell;
}
