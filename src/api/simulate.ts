import type { CellResult } from '../engine/cell-result.ts';
import { SimulationError } from '../engine/simulation-error.ts';
import { shownArgument } from './expect-options.ts';
import type { RunOptions } from './run-options.ts';
import { type CoupledInput, sweepFrom } from './sweep.ts';

/** A pair of trainings: a scenario without a sweep. */
export type PairInput = Omit<CoupledInput, 'sweep'>;

/**
 * Simulates one pair of trainings, as often as `replicates` says.
 *
 * @param pair the fields of a scenario; `popularity` is the only one without a default
 * @throws {ScenarioError} for what is wrong in the pair
 * @throws {TypeError | RangeError} for what is wrong in the options
 * @throws {SimulationError} where its numbers overflow
 * @throws the signal's reason, when it is aborted
 */
export async function simulate(pair: PairInput, options: RunOptions = {}): Promise<CellResult> {
  if (typeof pair !== 'object' || pair === null || 'sweep' in pair) {
    const got = typeof pair === 'object' && pair !== null ? 'a sweep' : shownArgument(pair);
    const remedy = 'a scenario by name, or with a sweep, is for sweep()';
    throw new TypeError(`simulate: expected the fields of one pair, got ${got}; ${remedy}`);
  }
  for await (const cell of sweepFrom('simulate', { ...pair, sweep: {} }, options)) {
    if (cell.failure === null) return cell;
    throw new SimulationError(cell.failure.message, cell.failure.replicate);
  }
  throw new RangeError('simulate: the run has no cell');
}
