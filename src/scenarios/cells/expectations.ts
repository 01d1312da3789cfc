import { meanQuantities } from '../../engine/precision-targets.ts';
import { type Bounds, type Expectation, shareQuantities } from '../../theorems/expectations/expectation.ts';
import { coupledFields } from '../coupled-fields.ts';
import type { CoupledFields } from '../coupled-schema.ts';
import type { Problem } from '../problem.ts';
import { type LocatedCondition, readConditions } from '../sweep/sweep.ts';

/** Expectations, and the cells they are for. */
export interface ExpectationGroup {
  readonly conditions: readonly LocatedCondition[];
  readonly expectations: readonly Expectation[];
}

/** Reads `expect:`, or tells what is wrong with its conditions. */
export function readExpectations(
  written: CoupledFields['expect'],
): ExpectationGroup[] | { readonly problems: Problem[] } {
  const isList = Array.isArray(written);
  const groups = (isList ? written : [written]).map(({ where, ...quantities }, index) => {
    const { conditions, faults } = readConditions(
      where,
      isList ? ['expect', index, 'where'] : ['expect', 'where'],
      coupledFields,
    );
    return { conditions, faults, expectations: Object.entries(quantities).flatMap(expectationOf) };
  });
  const problems = groups.flatMap(({ faults }) => faults);
  return problems.length > 0 ? { problems } : groups;
}

type WrittenExpectation = 'exact' | 'predicted' | number | Bounds | undefined;

function expectationOf([path, written]: [string, WrittenExpectation]): Expectation[] {
  if (written === undefined) return [];
  const is = typeof written === 'number' ? { atLeast: written, atMost: written } : written;
  // The mean of a quantity is what is meant by its name.
  const quantity = path.replace(/\.mean$/, '');
  if (quantity === 'order.newViolations') return [{ quantity, is: 'predicted' }];
  const mean = meanQuantities.find((name) => name === quantity);
  if (mean !== undefined) return [{ quantity: mean, is: is as 'exact' | Bounds }];
  const share = shareQuantities.find((name) => name === quantity);
  // The schema lets no other quantity through.
  return share === undefined ? [] : [{ quantity: share, is: is as Bounds }];
}
