import { type ScenarioDocument, valueAt } from '../scenario-document.ts';
import type { LocatedCondition } from './sweep.ts';

/**
 * Whether a cell's fields meet all conditions of a `where`.
 *
 * @param fields of the cell, parsed
 * @throws {ScenarioError} where a condition names what is not there
 */
export function meetsConditions(
  document: ScenarioDocument,
  fields: object,
  conditions: readonly LocatedCondition[],
): boolean {
  const valueIn = (name: string) => valueAt(fields as never, document.fields.keysOf(name));
  return conditions.every(({ test, path }) => {
    const met = test(valueIn);
    if (typeof met === 'boolean') return met;
    throw document.refuse([{ path, message: `expected the path of a value of this scenario, got ${met.missing}` }]);
  });
}
