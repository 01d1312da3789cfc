import type { Quantities } from '../../fidelity/quantities.ts';
import { exactFinding, trueCase } from '../exact-finding.ts';
import type { Finding } from '../finding.ts';
import type { Bounds } from './expectation.ts';

/** What a scenario expects of a number of its results. */
export interface QuantityExpectation {
  readonly quantity: string;
  readonly is: Bounds;
}

/** Decides a cell's expectations: each must hold in each of its results; a number that is missing does not hold. */
export function judgeQuantities(
  expectations: readonly QuantityExpectation[],
  results: readonly Quantities[],
  unit: string,
): Finding[] {
  return expectations.map((expectation) => {
    const { quantity, is } = expectation;
    const cases = results.map((quantities, number) => {
      const value = quantities[quantity] ?? null;
      const holds =
        value !== null &&
        value >= (is.atLeast ?? Number.NEGATIVE_INFINITY) &&
        value <= (is.atMost ?? Number.POSITIVE_INFINITY);
      return trueCase(holds, () => `${results.length === 1 ? '' : `${number}: `}${value ?? 'there is no such number'}`);
    });
    return exactFinding({ what: quantityExpectationText(expectation), bound: 0, unit }, cases);
  });
}

/** The expectation as a scenario writes it: `e.largestError at most 1e-12`. */
export function quantityExpectationText({ quantity, is }: QuantityExpectation): string {
  return `${quantity} ${boundsText(is)}`;
}

/** Bounds in words. */
export function boundsText({ atLeast, atMost }: Bounds): string {
  if (atLeast !== undefined && atLeast === atMost) return `= ${atLeast}`;
  const bounds = [atLeast === undefined ? '' : `at least ${atLeast}`, atMost === undefined ? '' : `at most ${atMost}`];
  return bounds.filter((bound) => bound !== '').join(' and ');
}
