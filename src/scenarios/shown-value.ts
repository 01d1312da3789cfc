import { visibleText } from './visible-text.ts';

/** What came, in the words of an error message: quoted text, a number, `a list of 3`, `a mapping`, `nothing`. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `"${visibleText(value)}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'a mapping' : String(value);
}

/** A number as people write limits: 1e15, not 1000000000000000. */
export function shownNumber(value: number): string {
  const scientific = value.toExponential().replace('e+', 'e');
  return scientific.length < String(value).length ? scientific : String(value);
}

/** A number that is past a limit, in the fewest digits that show it. */
export function shownAbove(value: number, limit: number): string {
  let digits = 2;
  while (digits < 17 && Number(value.toPrecision(digits)) <= limit) digits++;
  return shownNumber(Number(value.toPrecision(digits)));
}
