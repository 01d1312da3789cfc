import type { z } from 'zod';
import { suggestion } from './nearest-name.ts';
import { visibleText } from './visible-text.ts';

/** Keys and list positions from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** Something wrong at a place of a document. */
export interface Problem {
  readonly path: Path;
  /** Where to point, if not at the value itself: an unknown key is pointed at by its name. */
  readonly pointsAt?: 'key';
  /** What was expected, what came. */
  readonly message: string;
}

/** `popularity.items[0]` */
export function formatPath(path: Path): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${visibleText(part)}`));
  return parts.join('').replace(/^\./, '');
}

/**
 * The problems that a schema found, at most one a place.
 *
 * @param at path from the top of the document to the value that was parsed
 */
export function problemsOf(issues: readonly z.core.$ZodIssue[], at: Path = []): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const problem of issues.flatMap((issue) => problemsOfIssue(issue, at))) {
    const place = JSON.stringify(problem.path);
    // The first is the widest: "expected an integer" before "expected at most 9".
    if (!byPlace.has(place)) byPlace.set(place, problem);
  }
  return [...byPlace.values()];
}

function problemsOfIssue(issue: z.core.$ZodIssue, at: Path): Problem[] {
  const path = [...at, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') {
    // The message of a closed object lists its keys.
    const known = issue.message.split(', ');
    return issue.keys.map((key) => {
      const message = `expected one of ${known.join(', ')}, got an unknown key${suggestion(key, known)}`;
      return { path: [...path, key], pointsAt: 'key', message };
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((errors) => problemsOf(errors, path));
    // A branch that fails as a whole was not meant; of the others, the one with the fewest slips was, or with the deepest
    // ones, if there is one.
    const meant = branches.filter((problems) => problems.every((problem) => problem.path.length > path.length));
    const order = (a: Problem[], b: Problem[]) => a.length - b.length || depth(b) - depth(a);
    const [closest, next] = meant.toSorted(order);
    if (closest !== undefined && (next === undefined || order(closest, next) < 0)) return closest;
  }
  return [{ path, message: issue.message }];
}

function depth(problems: readonly Problem[]): number {
  return Math.min(...problems.map(({ path }) => path.length));
}
