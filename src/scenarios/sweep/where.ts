import { suggestion } from '../nearest-name.ts';
import type { FieldCatalogue } from '../schema/field-paths.ts';
import { shownValue } from '../shown-value.ts';

/** A condition on the fields of a cell: whether they meet it, or the path that the cell has no such value at. */
export type Condition = (valueAt: ValueAt) => boolean | { readonly missing: string };

type ValueAt = (path: string) => unknown;

/** A number, or a factor times the number at a path. */
interface Operand {
  readonly factor: number;
  readonly path: string | null;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
const path = /[a-z]\w*(?:\.[a-z]\w*)*/iy;
const comparison = /<=|>=|==|!=|<|>/y;
const times = /\*/y;
const word = /[a-z][\w-]*/iy;
const space = /\s*/y;

/**
 * Reads `operand comparison operand`; an operand is a number, the path of a field, or a number times a path. The path of a
 * field that takes words is compared with a word: `precision == single`.
 *
 * @returns the condition, or what is wrong with it and at which character
 */
export function parseCondition(text: string, fields: FieldCatalogue): Condition | { readonly fault: string } {
  let at = 0;
  const take = (token: RegExp): string | undefined => {
    space.lastIndex = at;
    space.exec(text);
    token.lastIndex = space.lastIndex;
    const found = token.exec(text)?.[0];
    at = found === undefined ? space.lastIndex : token.lastIndex;
    return found;
  };
  const operand = (): Operand | undefined => {
    const factor = take(number);
    if (factor !== undefined && take(times) === undefined) return { factor: Number(factor), path: null };
    const name = take(path);
    return name === undefined ? undefined : { factor: Number(factor ?? 1), path: name };
  };
  const fault = (what: string) => ({
    fault: `expected ${what}, got ${shownValue(text.slice(at) || undefined)} at character ${at + 1}`,
  });

  const left = operand();
  if (left === undefined) return fault('a number, a path or number * path');
  const symbol = take(comparison);
  if (symbol === undefined) return fault(`one of ${Object.keys(comparisons).join(' ')}`);
  if (left.path !== null && left.factor === 1 && takesWords(fields, left.path) && isEquality(symbol)) {
    const wanted = take(word);
    if (wanted === undefined) return fault('a word');
    if (take(/$/y) === undefined) return fault('the end of the condition');
    return wordCondition(left.path, symbol, wanted);
  }
  const right = operand();
  if (right === undefined) return fault('a number, a path or number * path');
  if (take(/$/y) === undefined) return fault('the end of the condition');
  const unknown = [left.path, right.path].find((name) => name !== null && !fields.isNumeric(name));
  if (unknown)
    return {
      fault: `expected the path of a number, got ${shownValue(unknown)}${suggestion(unknown, [...fields.paths.keys()].filter(fields.isNumeric))}`,
    };

  return (valueAt) => {
    const numberAt = (name: string) => {
      const value = valueAt(name);
      return typeof value === 'number' ? value : undefined;
    };
    const values = [left, right].map(({ factor, path }) => (path === null ? factor : factor * (numberAt(path) ?? NaN)));
    const missing = [left.path, right.path].find((name) => name !== null && numberAt(name) === undefined);
    return missing ? { missing } : comparisons[symbol](values[0], values[1]);
  };
}

function takesWords(fields: FieldCatalogue, path: string): boolean {
  return !fields.isNumeric(path) && (fields.paths.get(path)?.has('string') ?? false);
}

function isEquality(symbol: string): symbol is '==' | '!=' {
  return symbol === '==' || symbol === '!=';
}

function wordCondition(path: string, symbol: '==' | '!=', wanted: string): Condition {
  return (valueAt) => {
    const value = valueAt(path);
    if (typeof value !== 'string') return { missing: path };
    return (value === wanted) === (symbol === '==');
  };
}
