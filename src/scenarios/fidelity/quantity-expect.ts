import { z } from 'zod';
import type { Bounds } from '../../theorems/expectations/expectation.ts';
import type { QuantityExpectation } from '../../theorems/expectations/quantity-expectation.ts';
import { closedObject, expected } from '../schema/fields.ts';
import { boundedField, exactly, whereField } from '../training/training-expect.ts';

type Written = { readonly where: string | string[] } & Readonly<Record<string, unknown>>;

/**
 * `expect:` of a study: numbers of its results, by name.
 *
 * @param id of the mapping, in the JSON Schema
 * @param quantities name → meaning
 * @param explanation an example, and the words that the names are made of
 */
export function quantityExpectSchema(id: string, quantities: Readonly<Record<string, string>>, explanation: string) {
  const fields = Object.entries(quantities).map(([name, meaning]) => [name, boundedField(meaning)] as const);
  const shape = { where: whereField, ...Object.fromEntries(fields) };
  const group = closedObject(shape).meta({ id }) as unknown as z.ZodType<Written>;
  return z
    .union([group, z.array(group)], {
      error: expected('a mapping from quantities to what is expected, or a list of them'),
    })
    .default({ where: [] })
    .describe(`What every result of a cell is expected to show: ${explanation}`);
}

/** The expectations of a group, without its conditions. */
export function quantityExpectations({ where: _where, ...quantities }: Written): QuantityExpectation[] {
  return Object.entries(quantities).flatMap(([quantity, is]) => {
    if (is === undefined) return [];
    return [{ quantity, is: typeof is === 'number' ? exactly(is) : (is as Bounds) }];
  });
}
