import { chunkAt } from '../engine/plan.ts';
import { watchPair } from '../engine/replay-pair.ts';
import { formatCount } from '../report/format-number.ts';
import { noFalseAlarm, pairFailure } from './failure.ts';
import { type SimulatedPair, type SimulationOptions, simulatePair, type TestedPair } from './tested-pair.ts';

/** Pairs of the chunk that are watched one by one in search of the one to blame. */
const mostWatched = 100;

/**
 * Asserts that the order is violated at the steps where the sharp criterion says so and nowhere else: c > s′s″ for a
 * shared gain (claim A1), (c′ − c″)s′ > (s″ − s′)(s′s″ − c′) for own ones (claim A2). 10,000 pairs unless said.
 *
 * The false-alarm rate is 0: one step decides.
 *
 * @throws {AssertionError} when a step disagrees with the criterion
 * @throws {RangeError} for momentum, where no criterion is known
 * @throws {ScenarioError} for parameters out of range
 */
export async function assertOrderViolatedOnlyWherePredicted(
  pair: TestedPair,
  options: SimulationOptions = {},
): Promise<void> {
  if ((pair.momentum?.beta ?? 0) > 0) {
    throw new RangeError('assertOrderViolatedOnlyWherePredicted: no sharp criterion is known for momentum');
  }
  const simulated = await simulatePair(pair, options);
  if (simulated.unforetold === null) return;
  const { newViolations, newViolationsPredicted, pairs } = simulated.summary.order;
  const blamed = firstUnforetold(simulated);
  throw pairFailure(
    {
      operator: 'assertOrderViolatedOnlyWherePredicted',
      claim: 'the order is violated exactly where the sharp criterion says so (A1, A2)',
      measured: `${formatCount(newViolations)} new violations in ${formatCount(pairs)} pairs`,
      expected: `${newViolationsPredicted}, as predicted`,
      falseAlarm: noFalseAlarm,
      counterexample: `not shrunk: ${blamed.why}`,
    },
    simulated,
    { replicate: blamed.replicate },
  );
}

/** The first pair on which criterion and states disagree, among the first of the first chunk that has one. */
function firstUnforetold({ cell, unforetold }: SimulatedPair): { replicate: number; why: string } {
  const { first, replicates } = chunkAt(cell, unforetold?.block ?? 0);
  for (let replicate = first; replicate < first + Math.min(replicates, mostWatched); replicate++) {
    const counts = watchPair(cell, replicate, () => {}).orderCounts(replicate);
    const { newViolations, newViolationsPredicted } = counts;
    if (newViolations === newViolationsPredicted) continue;
    const why = `this pair has ${newViolations} new violations where ${newViolationsPredicted} are predicted`;
    return { replicate, why };
  }
  return { replicate: first, why: `drawn again, the first ${mostWatched} pairs of the chunk are as predicted` };
}
