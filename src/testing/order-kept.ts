import { isOrderViolated } from '../process/order.ts';
import { formatCount } from '../report/format-number.ts';
import { pathText, stateText } from './counterexample-text.ts';
import { noFalseAlarm, pairFailure } from './failure.ts';
import { endOf, type Path, pathOf } from './path.ts';
import { type IsBroken, shrink } from './shrink.ts';
import { type SimulatedPair, type SimulationOptions, simulatePair, type TestedPair } from './tested-pair.ts';

/**
 * Asserts that s″ ≥ s′ after every step of every pair drawn, 10,000 unless said; differences within rounding count as
 * equal.
 *
 * The false-alarm rate is 0: a path that violates the order disproves the claim. A claim that fails on fewer pairs than
 * one in `replicates` is likely to pass.
 *
 * @throws {AssertionError} with the simplest violating path that was found, and the command that shows the one drawn
 * @throws {ScenarioError} for parameters out of range
 */
export async function assertOrderKept(pair: TestedPair, options: SimulationOptions = {}): Promise<void> {
  const simulated = await simulatePair(pair, options);
  const { pairs, pairsViolatedAtSomeStep, newViolations, firstViolation } = simulated.summary.order;
  if (firstViolation === null) return;
  const { replicate, step } = firstViolation;
  const [violated, all] = [formatCount(pairsViolatedAtSomeStep), formatCount(pairs)];
  throw pairFailure(
    {
      operator: 'assertOrderKept',
      claim: 's″ ≥ s′ after every step of every pair',
      measured: `${violated} of ${all} pairs violated, ${formatCount(newViolations)} new violations`,
      expected: 'none',
      falseAlarm: noFalseAlarm,
      counterexample: shrunkText(simulated, replicate, step, isReversed),
    },
    simulated,
    firstViolation,
  );
}

/** Whether s″ is below s′ by more than rounding. */
export const isReversed: IsBroken = ({ lower, upper }) => isOrderViolated(lower, upper);

/** The simplest path that breaks the claim as a drawn one does up to a step, on one line. */
export function shrunkText(
  { cell }: Pick<SimulatedPair, 'cell'>,
  replicate: number,
  until: number,
  isBroken: IsBroken,
): string {
  const path = pathOf(cell, replicate, until);
  if (path === null) return 'not shrunk: with momentum a step depends on directions; the replay shows it';
  const shrunk = shrink(path, isBroken);
  return shrunk === null ? unshrunkText(path) : pathText(shrunk);
}

function unshrunkText(path: Path): string {
  return `not shrunk: ${path.steps.length} steps that end in ${stateText(endOf(path))}, which rounding decides`;
}
