import type { CellResult } from '../../engine/cell-result.ts';
import { atLeastPValue, atMostPValue, equalPValue } from '../../statistics/hypothesis-tests/binomial-test.ts';
import { detectableShift } from '../../statistics/hypothesis-tests/z-test.ts';
import { type ComparedCase, exactFinding } from '../exact-finding.ts';
import type { Finding } from '../finding.ts';
import { type Expectation, expectationText, type Side, type shareQuantities, sidesOf } from './expectation.ts';

type ShareExpectation = Extract<Expectation, { quantity: (typeof shareQuantities)[number] }>;

const pValues = { atLeast: atLeastPValue, atMost: atMostPValue, equal: equalPValue };

/**
 * Decides an expectation of a share of the pairs: exact binomial tests, one for each bound. At most 0 and at least 1 are
 * statements about every single pair, and one pair can prove them wrong.
 */
export function shareFindings(expectation: ShareExpectation, { order }: CellResult, alpha: number): Finding[] {
  const { quantity, is } = expectation;
  const what = expectationText(expectation);
  const count = order[quantity.slice('order.'.length) as 'ties' | 'pairsViolatedAtSomeStep' | 'pairsViolatedAtEnd'];
  const { pairs } = order;
  return sidesOf(is).map(({ bound, side }): Finding => {
    if (speaksOfEveryPair(bound, side)) {
      const exceptions = bound === 0 ? count : pairs - count;
      return everyPairFinding(what, pairs, { deviation: exceptions, told: () => firstOf(order, exceptions) });
    }
    return {
      kind: 'statistical',
      what,
      test: 'binomial',
      draws: pairs,
      pValue: pValues[side](count, pairs, bound),
      effect: count / pairs - bound,
      detectable: detectableShift(Math.sqrt((bound * (1 - bound)) / pairs), alpha),
      unit: 'share of the pairs',
      expects: 'kept',
    };
  });
}

/** Whether a bound on a share leaves no pair out: then no test is spent on it. */
function speaksOfEveryPair(bound: number, side: Side['side']): boolean {
  return (bound === 0 && side !== 'atLeast') || (bound === 1 && side !== 'atMost');
}

/** Decides whether every new violation was predicted by the sharp criterion, and none besides. */
export function predictedFinding({ order }: CellResult): Finding {
  const { newViolations, newViolationsPredicted, pairs } = order;
  const deviation =
    newViolationsPredicted === null ? Number.POSITIVE_INFINITY : Math.abs(newViolations - newViolationsPredicted);
  const told = () =>
    newViolationsPredicted === null
      ? 'no sharp criterion is known for this cell'
      : `${newViolations} new violations, ${newViolationsPredicted} predicted`;
  return everyPairFinding('order.newViolations predicted', pairs, { deviation, told });
}

function everyPairFinding(what: string, pairs: number, compared: ComparedCase): Finding {
  return { ...exactFinding({ what, bound: 0, unit: 'pairs' }, [compared]), cases: pairs };
}

function firstOf({ pairs, firstViolation }: CellResult['order'], count: number): string {
  const first =
    firstViolation === null
      ? ''
      : `, the first violation in pair ${firstViolation.replicate}, step ${firstViolation.step}`;
  return `${count} of ${pairs} pairs${first}`;
}
