import { z } from 'zod';
import { suggestion } from '../nearest-name.ts';
import { shownNumber, shownValue } from '../shown-value.ts';

/** The message of a field: what was expected, what came. */
export function expected(what: string) {
  return ({ input }: { readonly input?: unknown }) => `expected ${what}, got ${shownValue(input)}`;
}

/** A finite number in [least, most]. */
export function numberField(least: number, most: number, meaning: string) {
  const range = `a number from ${shownNumber(least)} to ${shownNumber(most)}`;
  const error = expected(range);
  return z.number({ error }).min(least, { error }).max(most, { error }).describe(`${meaning}; ${range}.`);
}

/** An integer in [least, most]. */
export function integerField(least: number, most: number, meaning: string) {
  const range = `an integer from ${shownNumber(least)} to ${shownNumber(most)}`;
  const error = expected(range);
  return z.int({ error }).min(least, { error }).max(most, { error }).describe(`${meaning}; ${range}.`);
}

/** One of a few words. */
export function choiceField<const Names extends readonly [string, ...string[]]>(names: Names, meaning: string) {
  return z.enum(names, { error: expectedName(names) }).describe(`${meaning}; ${names.join(', ')}.`);
}

/**
 * One of a few words, each with its meaning: editors that know `enumDescriptions` show it beside the word.
 *
 * @param meanings word → meaning
 */
export function explainedChoiceField<const Name extends string>(
  meanings: Readonly<Record<Name, string>>,
  meaning: string,
) {
  const names = Object.keys(meanings) as [Name, ...Name[]];
  return choiceField(names, meaning).meta({ enumDescriptions: Object.values(meanings) });
}

/** The message of a field that takes one of a few words, with the nearest one. */
export function expectedName(names: readonly string[]) {
  return ({ input }: { readonly input?: unknown }) => {
    const nearest = typeof input === 'string' ? suggestion(input, names) : '';
    return `expected one of ${names.join(', ')}, got ${shownValue(input)}${nearest}`;
  };
}

/** The message of a union whose members differ in one word, such as `model`: see `z.discriminatedUnion`. */
export function expectedTag(tag: string, names: readonly string[]) {
  return ({ input }: { readonly input?: unknown }) => {
    const isMapping = typeof input === 'object' && input !== null && !Array.isArray(input);
    if (isMapping) return expectedName(names)({ input: (input as Record<string, unknown>)[tag] });
    return expected(`a mapping such as {${tag}: ${names[0]}}`)({ input });
  };
}

/** Text of 1 to `longest` characters. */
export function textField(longest: number, what: string, meaning: string) {
  const error = expected(`${what} (1 to ${longest} characters)`);
  return z.string({ error }).min(1, { error }).max(longest, { error }).describe(`${meaning}.`);
}

/** A mapping that refuses keys it does not know. The message for those is the list of known ones: see `problemsOf`. */
export function closedObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  const wrongType = expected(`a mapping with the keys ${keys}`);
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys : wrongType(issue)) });
}
