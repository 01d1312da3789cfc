import type { z } from 'zod';
import type { Path } from '../problem.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may stand at a path: `object`, `array`, `number`, `integer`, `string`, `boolean`. */
type FieldTypes = ReadonlySet<string>;

/** The dotted paths of one kind of scenarios. */
export interface FieldCatalogue {
  /** Every path, in any of the kind's variants, and what may stand there. */
  readonly paths: ReadonlyMap<string, FieldTypes>;
  /** The keys that a path is made of: `norm.difference` is one. The parts between the dots of a path that is not there. */
  keysOf(path: string): Path;
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
  let read: SchemaPaths | undefined;
  const schemaPaths = () => {
    read ??= pathsOf(schemaOf());
    return read;
  };
  const typesOf = (path: string) => schemaPaths().types.get(path);
  const isNumeric = (path: string) => ['number', 'integer'].some((type) => typesOf(path)?.has(type));
  const isSingle = (types: FieldTypes) => [...types].some((type) => type !== 'object' && type !== 'array');
  return {
    get paths() {
      return schemaPaths().types;
    },
    get swept() {
      const all = [...schemaPaths().types];
      return all.filter(([path, types]) => !unswept.test(path) && isSingle(types)).map(([path]) => path);
    },
    keysOf: (path) => schemaPaths().keys.get(path) ?? path.split('.'),
    isNumeric,
    isInteger: (path) => isNumeric(path) && !typesOf(path)?.has('number'),
  };
}

interface SchemaPaths {
  readonly types: ReadonlyMap<string, FieldTypes>;
  readonly keys: ReadonlyMap<string, Path>;
}

function pathsOf(schema: JsonSchema): SchemaPaths {
  const types = new Map<string, Set<string>>();
  const keys = new Map<string, Path>();
  visit(schema, []);
  return { types, keys };

  function visit(node: JsonSchema, path: readonly string[]): void {
    const name = path.join('.');
    if (name !== '' && typeof node.type === 'string') {
      types.set(name, (types.get(name) ?? new Set()).add(node.type));
      keys.set(name, path);
    }
    for (const branch of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) visit(branch as JsonSchema, path);
    for (const [key, member] of Object.entries(node.properties ?? {})) visit(member as JsonSchema, [...path, key]);
  }
}
