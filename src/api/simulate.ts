import type { CellResult } from '../engine/cell-result.ts';
import { SimulationError } from '../engine/simulation-error.ts';
import type { RunOptions } from './run-options.ts';
import { type CoupledInput, sweep } from './sweep.ts';

/** A pair of trainings: a scenario without a sweep. */
export type PairInput = Omit<CoupledInput, 'sweep'>;

/**
 * Simulates one pair of trainings, as often as `replicates` says.
 *
 * @param pair the fields of a scenario; `popularity` is the only one without a default
 * @throws {ScenarioError} for what is wrong in the pair
 * @throws {SimulationError} where its numbers overflow
 * @throws the signal's reason, when it is aborted
 */
export async function simulate(pair: PairInput, options: RunOptions = {}): Promise<CellResult> {
  if (typeof pair !== 'object' || 'sweep' in pair) {
    throw new RangeError(
      'simulate: expected the fields of one pair; a scenario by name, or with a sweep, is for sweep()',
    );
  }
  for await (const cell of sweep({ ...pair, sweep: {} }, options)) {
    if (cell.failure === null) return cell;
    throw new SimulationError(cell.failure.message, cell.failure.replicate);
  }
  throw new RangeError('simulate: the run has no cell');
}
