import type { z } from 'zod';
import { scenarioJsonSchema } from '../coupled-schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may stand at a path: `object`, `array`, `number`, `integer`, `string`, `boolean`. */
export type FieldTypes = ReadonlySet<string>;

/** Not swept: one file is one scenario, with one name and one table. */
const unswept =
  /^(kind|name|description|sweep|expect)(\.|$)|^popularity\.(data|format|userColumn|itemColumn)$|^gain\.\w*[fF]ile$/;

/** Every dotted path of a coupled scenario, in any of its variants, and what may stand there. */
export const fieldPaths: ReadonlyMap<string, FieldTypes> = pathsOf(scenarioJsonSchema());

/** The paths that `sweep` takes: those of single values. */
export const sweptPaths: readonly string[] = [...fieldPaths]
  .filter(([path, types]) => !unswept.test(path) && [...types].some((type) => type !== 'object' && type !== 'array'))
  .map(([path]) => path);

/** Whether every value that the path takes is a number. */
export function isNumeric(path: string): boolean {
  return ['number', 'integer'].some((type) => fieldPaths.get(path)?.has(type));
}

/** Whether the numbers that the path takes are integers. */
export function isInteger(path: string): boolean {
  return isNumeric(path) && !fieldPaths.get(path)?.has('number');
}

function pathsOf(schema: JsonSchema): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>();
  visit(schema, '');
  return paths;

  function visit(node: JsonSchema, path: string): void {
    if (path !== '' && typeof node.type === 'string') paths.set(path, (paths.get(path) ?? new Set()).add(node.type));
    for (const branch of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) visit(branch as JsonSchema, path);
    for (const [key, member] of Object.entries(node.properties ?? {})) {
      visit(member as JsonSchema, path === '' ? key : `${path}.${key}`);
    }
  }
}
