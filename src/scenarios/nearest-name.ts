import { visibleText } from './visible-text.ts';

/** Longer names are compared by their beginnings, so that hostile ones cost nothing. */
const comparedLength = 64;

/** A table may have a million items: no more of them are compared letter by letter, which takes a tenth of a second. */
const mostCompared = 10_000;

/** `; did you mean x?` when one of the names is a few slips of the pen away, at most half of its letters; else nothing. */
export function suggestion(name: string, names: Iterable<string>): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean ${visibleText(nearest)}?`;
}

/** At most so many paths are named. */
const mostPaths = 3;

/**
 * As `suggestion`, for dotted paths; where none is a few slips away, those with the same parts: `lower` is a part of
 * `popularity.lower`.
 */
export function pathSuggestion(path: string, paths: readonly string[]): string {
  const parts = path.toLowerCase().split('.');
  const alike = paths
    .map((candidate) => ({ candidate, shared: sharedParts(parts, candidate.toLowerCase().split('.')) }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared || a.candidate.length - b.candidate.length);
  const names = alike.slice(0, mostPaths).map(({ candidate }) => visibleText(candidate));
  return suggestion(path, paths) || (names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`);
}

function sharedParts(parts: readonly string[], others: readonly string[]): number {
  return parts.filter((part) => part.length > 2 && others.some((other) => isSlip(part, other))).length;
}

function isSlip(part: string, other: string): boolean {
  const most = Math.floor(Math.min(part.length, other.length) / 4);
  return lengthsDiffer(part, other) <= most && editDistance(part, other) <= most;
}

function nearestName(name: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  let compared = 0;
  for (const candidate of names) {
    const most = Math.min(least - 1, Math.min(name.length, candidate.length) / 2);
    if (lengthsDiffer(name, candidate) > most) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= most) [nearest, least] = [candidate, distance];
    compared += 1;
    if (compared === mostCompared) break;
  }
  return nearest;
}

/** No fewer insertions than this lead from the one to the other. */
function lengthsDiffer(a: string, b: string): number {
  return Math.abs(Math.min(a.length, comparedLength) - Math.min(b.length, comparedLength));
}

/** Levenshtein distance of the first 64 characters: insertions, deletions and replacements that lead from a to b. */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.slice(0, comparedLength), b.slice(0, comparedLength)];
  let row = Array.from({ length: to.length + 1 }, (_, length) => length);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
