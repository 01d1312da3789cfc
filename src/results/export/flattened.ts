import type { Value } from './table.ts';

/** Nested objects as dotted names; lists, which have no column of their own, as JSON. */
export function flattened(value: object, prefix = ''): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, Value][] => {
      if (Array.isArray(inner)) return [[prefix + name, JSON.stringify(inner)]];
      if (typeof inner === 'object' && inner !== null) return Object.entries(flattened(inner, `${prefix}${name}.`));
      return [[prefix + name, inner ?? null]];
    }),
  );
}

/** The numbers among nested objects, as dotted names. */
export function numbersOf(value: object, prefix = ''): Record<string, number> {
  const numbers = Object.entries(flattened(value, prefix)).filter(([, inner]) => typeof inner === 'number');
  return Object.fromEntries(numbers) as Record<string, number>;
}
