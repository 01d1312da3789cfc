import type { CellResult, MeanResult } from '../../engine/cell-result.ts';
import type { MeanQuantity } from '../../engine/precision-targets.ts';
import { standardNormalSurvival, twoSidedPValue } from '../../maths/normal.ts';
import { detectableShift } from '../../statistics/hypothesis-tests/z-test.ts';
import { exactFinding } from '../exact-finding.ts';
import type { Finding, StatisticalFinding } from '../finding.ts';
import { type Bounds, type Expectation, expectationText, sidesOf } from './expectation.ts';

type MeanExpectation = Extract<Expectation, { quantity: MeanQuantity }>;

/** Decides an expectation of a mean by z-tests, one for each bound. */
export function meanFindings(expectation: MeanExpectation, result: CellResult, alpha: number): Finding[] {
  const [measure, run] = expectation.quantity.split('.') as ['norm' | 'squaredNorm', 'lower' | 'upper' | 'difference'];
  const measured = result[measure][run];
  const what = expectationText(expectation);
  const test = (pValue: number, effect: number, standardError: number): StatisticalFinding => ({
    kind: 'statistical',
    what,
    test: 'z',
    draws: result.replicates,
    pValue,
    effect,
    detectable: detectableShift(standardError, alpha),
    unit: expectation.quantity,
    expects: 'kept',
  });
  if (expectation.is === 'exact') return [exactMeanFinding(what, measured, test)];
  return boundFindings(what, expectation.is, measured, test);
}

type ZTest = (pValue: number, effect: number, standardError: number) => StatisticalFinding;

function exactMeanFinding(what: string, { mean, exact, zScore, standardError }: MeanResult, test: ZTest): Finding {
  if (exact === null || zScore === null) return undecided(what, 'no exact law is known for this cell');
  return test(twoSidedPValue(zScore), mean - exact, standardError ?? Number.POSITIVE_INFINITY);
}

function boundFindings(what: string, bounds: Bounds, { mean, standardError }: MeanResult, test: ZTest): Finding[] {
  return sidesOf(bounds).map(({ bound, side }) => {
    if (standardError === null) return undecided(what, 'one pair has no standard error');
    const beyond = { atLeast: bound - mean, atMost: mean - bound, equal: Math.abs(mean - bound) }[side];
    if (standardError === 0) {
      const compared = { deviation: Math.max(0, beyond), told: () => `every draw is ${mean}` };
      return exactFinding({ what, bound: 0, unit: 'beyond the bound' }, [compared]);
    }
    const zScore = beyond / standardError;
    const pValue = side === 'equal' ? twoSidedPValue(zScore) : standardNormalSurvival(zScore);
    return test(pValue, mean - bound, standardError);
  });
}

/** An expectation that these numbers cannot decide is not met: whoever wrote it should know. */
function undecided(what: string, why: string): Finding {
  return exactFinding({ what, bound: 0, unit: 'cases' }, [{ deviation: Number.POSITIVE_INFINITY, told: () => why }]);
}
