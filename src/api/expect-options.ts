import { suggestion } from '../scenarios/nearest-name.ts';
import { shownValue } from '../scenarios/shown-value.ts';
import { visibleText } from '../scenarios/visible-text.ts';

/** What one option takes. */
export interface OptionRule {
  /** In words: `a number above 0`. */
  readonly expected: string;
  /** Values of another type are a TypeError, the others a RangeError. */
  isOfType(value: unknown): boolean;
  /** Whether a value of the type is taken. */
  holds(value: never): boolean;
  /** What to do about it, where that is not plain. */
  readonly remedy?: string;
}

/** A number that a test holds of; `expected` says which. */
export function numberRule(expected: string, holds: (value: number) => boolean): OptionRule {
  return { expected, isOfType: (value) => typeof value === 'number', holds };
}

/** Any value of a type; what it holds is judged elsewhere. */
export function typeRule(expected: string, isOfType: (value: unknown) => boolean, remedy?: string): OptionRule {
  return { expected, isOfType, holds: () => true, ...(remedy === undefined ? {} : { remedy }) };
}

/** One of some words. */
export function wordRule(words: readonly string[]): OptionRule {
  return {
    expected: words.join(' or '),
    isOfType: (value) => typeof value === 'string',
    holds: (value: string) => words.includes(value),
  };
}

/** What each option takes, by its name. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/**
 * Checks what a script hands over: its names, then its values; what is undefined is left out.
 *
 * @param door the function that was called, which the message begins with
 * @param at path of the options themselves, where they are a part of others: `zipf`
 * @throws {TypeError} for what is no object, for an unknown name, and for a value of another type
 * @throws {RangeError} for a value out of its range
 */
export function expectOptions(door: string, options: unknown, rules: OptionRules, at = ''): void {
  const names = Object.keys(rules);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const expected = `${at === '' ? 'options' : `${at} to be an object`} with ${names.join(', ')}`;
    throw new TypeError(`${door}: expected ${expected}, got ${shownArgument(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      const where = at === '' ? '' : ` in ${at}`;
      const remedy = suggestion(name, names) || '; leave it out';
      const got = `an unknown ${visibleText(name)}`;
      throw new TypeError(`${door}: expected one of ${names.join(', ')}${where}, got ${got}${remedy}`);
    }
    if (value !== undefined) expectOption(door, at === '' ? name : `${at}.${name}`, value, rules[name]);
  }
}

/**
 * Checks one value.
 *
 * @param name of the option, or the path of a part of it: `popularity[3]`
 * @throws as `expectOptions`
 */
export function expectOption(door: string, name: string, value: unknown, rule: OptionRule): void {
  const isOfType = rule.isOfType(value);
  if (isOfType && rule.holds(value as never)) return;
  const { expected, remedy } = rule;
  const help = remedy === undefined ? '' : `; ${remedy}`;
  const message = `${door}: expected ${name} to be ${expected}, got ${shownArgument(value)}${help}`;
  throw isOfType ? new RangeError(message) : new TypeError(message);
}

/** What came, in the words of a message: as in scenarios, and what no file can hold. */
export function shownArgument(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'bigint') return `the bigint ${visibleText(String(value))}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return shownValue(value);
  if (isPlainObject(value)) return 'an object';
  return `an instance of ${visibleText(value.constructor?.name ?? 'a class')}`;
}

/** Whether it is a mapping of fields, of whatever realm, and no instance of a class. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
