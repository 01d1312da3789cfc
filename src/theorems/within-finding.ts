import { standardNormalSurvival } from '../maths/normal.ts';
import { detectableShift } from '../statistics/hypothesis-tests/z-test.ts';
import type { StatisticalFinding } from './finding.ts';

/** An estimate, and the law that it is to be near. */
interface Measured {
  readonly estimate: number;
  readonly standardError: number;
  readonly law: number;
  /** How far the law itself may be off. */
  readonly margin: number;
}

/**
 * The z-test of 'what is estimated is within a margin of the law'. Either edge is tested at half of the level, though only
 * one can be passed.
 */
export function withinFinding(
  text: { readonly what: string; readonly unit: string },
  { estimate, standardError, law, margin }: Measured,
  draws: number,
  alpha: number,
): StatisticalFinding {
  const beyond = (Math.abs(estimate - law) - margin) / standardError;
  return {
    kind: 'statistical',
    ...text,
    test: 'z',
    draws,
    pValue: Math.min(1, 2 * standardNormalSurvival(beyond)),
    effect: estimate - law,
    detectable: margin + detectableShift(standardError, alpha),
    expects: 'kept',
  };
}
