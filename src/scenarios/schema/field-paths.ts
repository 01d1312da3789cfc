import type { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may stand at a path: `object`, `array`, `number`, `integer`, `string`, `boolean`. */
type FieldTypes = ReadonlySet<string>;

/** The dotted paths of one kind of scenarios. */
export interface FieldCatalogue {
  /** Every path, in any of the kind's variants, and what may stand there. */
  readonly paths: ReadonlyMap<string, FieldTypes>;
  /** The paths that `sweep` takes: those of single values. */
  readonly swept: readonly string[];
  /** Whether every value that the path takes is a number. */
  isNumeric(path: string): boolean;
  /** Whether the numbers that the path takes are integers. */
  isInteger(path: string): boolean;
}

/**
 * The paths of a kind.
 *
 * @param schemaOf read when first asked for a path: most scenarios sweep and override nothing
 * @param unswept paths that are not swept: one file is one scenario, with one name and one table
 */
export function fieldCatalogue(schemaOf: () => JsonSchema, unswept: RegExp): FieldCatalogue {
  let read: Map<string, Set<string>> | undefined;
  const paths = () => {
    read ??= pathsOf(schemaOf());
    return read;
  };
  const isNumeric = (path: string) => ['number', 'integer'].some((type) => paths().get(path)?.has(type));
  const isSingle = (types: FieldTypes) => [...types].some((type) => type !== 'object' && type !== 'array');
  return {
    get paths() {
      return paths();
    },
    get swept() {
      return [...paths()].filter(([path, types]) => !unswept.test(path) && isSingle(types)).map(([path]) => path);
    },
    isNumeric,
    isInteger: (path) => isNumeric(path) && !paths().get(path)?.has('number'),
  };
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
