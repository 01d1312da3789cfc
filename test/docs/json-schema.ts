import type { z } from 'zod';
import { shownNumber } from '../../src/scenarios/shown-value.ts';
import { code } from './markdown.ts';

/** A JSON Schema as zod writes it, with what it refers to in the place of the references. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A schema without references. */
export function resolved(schema: z.core.JSONSchema.BaseSchema): Schema {
  const definitions = new Map(Object.entries(schema.definitions ?? {}));
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve);
    if (typeof node !== 'object' || node === null) return node;
    if ('$ref' in node) return resolve(definitions.get(String(node.$ref).replace('#/definitions/', '')));
    if ('allOf' in node && Array.isArray(node.allOf) && node.allOf.length === 1) return resolve(node.allOf[0]);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]));
  };
  return resolve(schema) as Schema;
}

/** The schemas of which a value has one; the schema itself where there is no choice. */
export function branchesOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

export function isMapping({ type }: Schema): boolean {
  return type === 'object';
}

export function fieldsOf({ properties = {} }: Schema): [name: string, field: Schema][] {
  return Object.entries(properties);
}

/** The field whose word tells the variants of a mapping apart, such as `model`; undefined where there is none. */
export function tagOf({ oneOf: [first] = [] }: Schema): string | undefined {
  return first && fieldsOf(first).find(([, field]) => field.const !== undefined)?.[0];
}

/** What a value may be, in a few words; mappings are told by their keys. */
export function takes(schema: Schema): string {
  const { type, const: word, enum: words, minimum = 0, maximum = 0 } = schema;
  if (word !== undefined) return code(String(word));
  if (words !== undefined) return words.map(code).join(', ');
  if (schema.anyOf ?? schema.oneOf) return takesOneOf(branchesOf(schema));
  switch (type) {
    case 'boolean':
      return '`true`, `false`';
    case 'string':
      return 'text';
    case 'array':
      return takesList(schema);
    case 'object':
      return code(`{${Object.keys(schema.properties ?? {}).join(', ')}}`);
    case 'integer':
      return minimum < 0 ? 'integer' : `integer, ${limitText(minimum)} to ${limitText(maximum)}`;
    case 'number':
      return minimum <= -1e9 || schema.minimum === undefined
        ? 'number'
        : `${limitText(minimum)} to ${limitText(maximum)}`;
    default:
      return 'value';
  }
}

function limitText(limit: number): string {
  if (limit === Number.MAX_SAFE_INTEGER) return '2⁵³ − 1';
  const shown = shownNumber(limit);
  const isShort = Number.isInteger(limit) && (Math.abs(limit) < 1e6 || !shown.includes('e'));
  return isShort ? limit.toLocaleString('en-US') : shown;
}

const plurals: Readonly<Record<string, string>> = { string: 'texts', number: 'numbers', integer: 'integers' };

/** A list, or one of a few places. */
function takesList({ items, minItems }: Schema): string {
  const places = [items ?? []].flat();
  const [first, ...others] = places;
  const isAlike = others.every((other) => takes(other) === takes(first));
  const noun = plurals[String(first.type)] ?? 'values';
  const count = Array.isArray(items) ? `${[...new Set([minItems, places.length])].join(' or ')} ` : '';
  const range = isAlike && 'minimum' in first ? `, ${takes(first).replace(/^integer, /, '')}` : '';
  return `list of ${count}${noun}${range === ', number' ? '' : range}`;
}

function takesOneOf(branches: readonly Schema[]): string {
  const words = branches.map((branch) => {
    const isOfThem = branches.some((other) => isEqual(other, branch.items));
    return isOfThem ? 'a list of them' : takes(branch);
  });
  const others = words.slice(0, -1).join(', ');
  return `${others} or ${words.at(-1)}`;
}

export function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The description without the range or the words that `takes` tells. */
export function meaningOf({ description = '', type, minimum = 0, maximum = 0, enum: words }: Schema): string {
  const range = `${type === 'integer' ? 'an integer' : 'a number'} from ${shownNumber(minimum)} to ${shownNumber(maximum)}`;
  const told = `; ${words?.join(', ') ?? range}.`;
  return description.endsWith(told) ? description.slice(0, -told.length) : description;
}
