import { canonicalJson, type Json } from '../random/canonical-json.ts';
import { visibleText } from '../scenarios/visible-text.ts';

/** A place where two JSON values are not the same; undefined where one of them has nothing. */
export interface Difference {
  readonly path: string;
  readonly stored: Json | undefined;
  readonly present: Json | undefined;
}

/** The places where two JSON values differ, as deep as both have the same shape, in sorted order. */
export function differences(stored: Json | undefined, present: Json | undefined, path = ''): Difference[] {
  if (!isContainer(stored) || !isContainer(present) || Array.isArray(stored) !== Array.isArray(present)) {
    const isSame = stored !== undefined && present !== undefined && canonicalJson(stored) === canonicalJson(present);
    return isSame ? [] : [{ path, stored, present }];
  }
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(present)])];
  // The keys of an array keep their order, 2 before 10.
  if (!Array.isArray(stored)) keys.sort();
  return keys.flatMap((key) => differences(own(stored, key), own(present, key), path === '' ? key : `${path}.${key}`));
}

/** A difference as a message says it; the values are escaped and cut short, because a file may hold anything. */
export function describeDifference({ path, stored, present }: Difference): string {
  return `${visibleText(path, 200)} was ${excerpt(stored)} when the run began and is ${excerpt(present)} now`;
}

/**
 * As `describeDifference`, of two runs that are no former and later state of one: `seed is 1 in a and 2 in b`.
 *
 * @param stored where the first value is, such as `in results/a`
 * @param present where the second one is
 */
export function contrastDifference(difference: Difference, stored: string, present: string): string {
  const path = visibleText(difference.path, 200);
  return `${path} is ${excerpt(difference.stored)} ${stored} and ${excerpt(difference.present)} ${present}`;
}

function excerpt(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

type Container = { readonly [key: string]: Json };

function isContainer(value: Json | undefined): value is Container {
  return typeof value === 'object' && value !== null;
}

function own(container: Container, key: string): Json | undefined {
  return Object.hasOwn(container, key) ? container[key] : undefined;
}
