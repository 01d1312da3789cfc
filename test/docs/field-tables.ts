import { branchesOf, fieldsOf, isEqual, isMapping, meaningOf, type Schema, tagOf, takes } from './json-schema.ts';
import { code, phrase, table } from './markdown.ts';

type Fields = readonly (readonly [name: string, field: Schema])[];

/** A field's path, what it takes, its default, and what it is. */
type Row = readonly [path: string, takes: string, fallback: string, meaning: string];

/** Fields that get a table of their own: variants, explained words, and what is too large for a row. */
interface Family {
  readonly schema: Schema;
  /** Of the fields that take it. */
  readonly paths: string[];
}

const header = ['field', 'takes', 'default', 'what it is'];

/** Writes tables of fields. A family is told after the table that has it first; later ones refer to it. */
export class FieldTables {
  readonly #told = new Map<string, Family>();
  /** Those that the tables written so far have named, and that are still to be told. */
  #awaited: Family[] = [];
  readonly #simplify: (name: string, field: Schema) => Schema;

  /** @param simplify makes fields alike that are to share a row */
  constructor(simplify: (name: string, field: Schema) => Schema) {
    this.#simplify = simplify;
  }

  /** The table of some fields of a mapping, and those of their families. */
  of(fields: Fields, { required = [] }: Schema): string {
    const blocks = [table(header, this.#rowsOf(fields, required, ''))];
    return [...blocks, ...this.#awaitedTexts()].join('\n\n');
  }

  /** A family's own families come right after it. */
  #awaitedTexts(): string[] {
    const families = this.#awaited;
    this.#awaited = [];
    return families.flatMap((family) => [this.#familyText(family), ...this.#awaitedTexts()]);
  }

  #familyText({ schema, paths }: Family): string {
    const title = `**${paths.map(code).join(', ')}**`;
    const [path] = paths;
    const { enum: words, enumDescriptions } = schema;
    if (words !== undefined) {
      const rows = words.map((word, index) => [code(word), phrase(enumDescriptions?.[index] ?? '')]);
      return `${title}\n\n${table(['word', 'what it means'], rows)}`;
    }
    const [first, ...others] = mappingsOf(schema);
    const rows = others.length > 0 ? this.#variantRows(schema, path) : this.#mappingRows(first, path);
    return `${title}\n\n${table(header, rows)}`;
  }

  #mappingRows(mapping: Schema, path: string): Row[] {
    const { additionalProperties: other, required = [] } = mapping;
    const rows = this.#rowsOf(fieldsOf(mapping), required, '', path);
    return typeof other === 'object' ? [...this.#rowsOf([['<field>', other]], [], '', path), ...rows] : rows;
  }

  /** Fields of all variants first; a field that an earlier variant has is not told again. */
  #variantRows(schema: Schema, path: string): Row[] {
    const variants = mappingsOf(schema);
    const tag = tagOf(schema);
    const ownOf = (variant: Schema) => fieldsOf(variant).filter(([name]) => name !== tag);
    const isIn =
      (variant: Schema) =>
      ([name, field]: Fields[number]) =>
        isEqual(variant.properties?.[name], field);
    const shared = ownOf(variants[0]).filter((field) => variants.every((variant) => isIn(variant)(field)));
    const rows = this.#rowsOf(shared, variants[0].required ?? [], '', path);
    for (const [index, variant] of variants.entries()) {
      rows.push([`**${labelOf(variant, tag)}**`, '', '', phrase(tagField(variant, tag).description ?? '')]);
      const own = ownOf(variant).filter((field) => !shared.some(([name]) => name === field[0]));
      const earlierWith = (field: Fields[number]) => variants.slice(0, index).find((earlier) => isIn(earlier)(field));
      const repeated = own.filter((field) => earlierWith(field) !== undefined);
      if (repeated.length > 0) {
        const names = repeated.map(([name]) => code(name)).join(', ');
        rows.push([names, `as for ${labelOf(earlierWith(repeated[0])!, tag)}`, '', '']);
      }
      rows.push(
        ...this.#rowsOf(
          own.filter((field) => earlierWith(field) === undefined),
          variant.required ?? [],
          '',
          path,
        ),
      );
    }
    return rows;
  }

  /**
   * @param prefix of the paths as they are shown
   * @param home the path of the mapping that has the fields
   */
  #rowsOf(fields: Fields, required: readonly string[], prefix: string, home = prefix): Row[] {
    return alike(fields, this.#simplify).flatMap(({ names, field }) => {
      const shown = braced(names).map((name) => `${prefix}${name}`);
      const path = home === '' ? names[0] : `${home.replace(/\.$/, '')}.${names[0]}`;
      const fallback = required.includes(names[0]) ? 'required' : defaultText(field.default);
      const row: Row = [shown.map(code).join(', '), this.#takesText(field, path), fallback, phrase(meaningOf(field))];
      if (isFamily(field)) return [row];
      const below = names.length === 1 ? `${shown[0]}.` : '….';
      const children = mappingsOf(field).flatMap((mapping) => {
        if (!hasChildren(field)) return [];
        // Of a mapping that is one of several things a field may be, `takes` says which keys it must have.
        const needed = field === mapping ? (mapping.required ?? []) : [];
        return this.#rowsOf(fieldsOf(mapping), needed, below, path);
      });
      return [row, ...children];
    });
  }

  #takesText(field: Schema, path: string): string {
    if (!isFamily(field)) return isMapping(field) ? 'mapping' : takes(field);
    const key = keyOf(field);
    const told = this.#told.get(key);
    if (told === undefined || this.#awaited.includes(told)) {
      const family = told ?? { schema: field, paths: [] };
      family.paths.push(path);
      if (told === undefined) this.#awaited.push(family);
      this.#told.set(key, family);
      return `${familyWord(field)}, see below`;
    }
    return `${familyWord(field)}, as ${code(told.paths[0])}`;
  }
}

function familyWord(field: Schema): string {
  if (field.enum !== undefined) return 'word';
  const tag = tagOf(field);
  if (tag !== undefined) return code(`{${tag}: …}`);
  return branchesOf(field).some(({ type }) => type === 'array') ? 'mapping, or a list of them' : 'mapping';
}

function isFamily(field: Schema): boolean {
  if (field.enumDescriptions !== undefined || field.oneOf !== undefined) return true;
  const mappings = mappingsOf(field);
  const isLarge = mappings.length > 1 && mappings.some((mapping) => fieldsOf(mapping).length > 1);
  const isOpen = mappings.some(({ additionalProperties }) => typeof additionalProperties === 'object');
  return isLarge || isOpen || branchesOf(field).some(({ items }) => items !== undefined && isMapping(items as Schema));
}

/** Whether the mappings that a field may be have fields that its other values do not explain. */
function hasChildren(field: Schema): boolean {
  const single = branchesOf(field).filter((branch) => !isMapping(branch));
  const isExplained = ([, child]: Fields[number]) => single.some((branch) => takes(branch) === takes(child));
  return mappingsOf(field).some((mapping) => !fieldsOf(mapping).every(isExplained));
}

function mappingsOf(field: Schema): readonly Schema[] {
  return branchesOf(field).filter(isMapping);
}

function labelOf(variant: Schema, tag: string | undefined): string {
  return tag === undefined ? (variant.title ?? takes(variant)) : code(`${tag}: ${tagField(variant, tag).const}`);
}

/** What describes a variant: the field that tells it apart, or the variant itself. */
function tagField(variant: Schema, tag: string | undefined): Schema {
  return tag === undefined ? variant : variant.properties![tag];
}

function defaultText(fallback: unknown): string {
  if (fallback === undefined || fallback === '') return '';
  if (typeof fallback !== 'object' || fallback === null) return code(String(fallback));
  const entries = Object.entries(fallback).filter(([, value]) => typeof value !== 'object');
  return entries.map(([key, value]) => code(`${key}: ${value}`)).join(', ');
}

function keyOf({ description: _description, default: _default, ...schema }: Schema): string {
  return JSON.stringify(schema);
}

/** Fields with the same schema, together. */
function alike(fields: Fields, simplify: (name: string, field: Schema) => Schema) {
  const groups = new Map<string, { readonly names: string[]; readonly field: Schema }>();
  for (const [name, field] of fields) {
    const simple = simplify(name, field);
    const key = JSON.stringify(simple);
    const group = groups.get(key) ?? { names: [], field: simple };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Names with dots, as few of them as possible: `{norm, squaredNorm}.{lower, upper}`. */
function braced(names: readonly string[]): string[] {
  const byLength = Map.groupBy(
    names.map((name) => name.split('.')),
    ({ length }) => length,
  );
  return [...byLength.values()].flatMap(product);
}

function product(paths: readonly (readonly string[])[]): string[] {
  const columns = paths[0].map((_, place) => [...new Set(paths.map((path) => path[place]))]);
  const size = columns.reduce((count, { length }) => count * length, 1);
  if (size !== paths.length) return paths.map((path) => path.join('.'));
  return [columns.map((words) => (words.length === 1 ? words[0] : `{${words.join(', ')}}`)).join('.')];
}
