import { type ScenarioDocument, valueAt } from '../scenario-document.ts';
import type { LocatedCondition } from './sweep.ts';

/**
 * Whether a cell's fields meet all conditions of a `where`.
 *
 * @param fields of the cell, parsed
 * @throws {ScenarioError} where a condition names what is no number there
 */
export function meetsConditions(
  document: ScenarioDocument,
  fields: object,
  conditions: readonly LocatedCondition[],
): boolean {
  const numberAt = (name: string) => {
    const value = valueAt(fields as never, name.split('.'));
    return typeof value === 'number' ? value : undefined;
  };
  return conditions.every(({ test, path }) => {
    const met = test(numberAt);
    if (typeof met === 'boolean') return met;
    throw document.refuse([{ path, message: `expected the path of a number of this scenario, got ${met.missing}` }]);
  });
}
