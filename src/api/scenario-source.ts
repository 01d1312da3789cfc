import { findScenario } from '../scenarios/find-scenario.ts';
import { formatPath, type Path } from '../scenarios/problem.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { isPlainObject, shownArgument } from './expect-options.ts';

/** A value as a script may write it: `as const` makes its parts read-only. */
type AsWritten<T> = T extends object ? { readonly [K in keyof T]: AsWritten<T[K]> } : T;

/** The fields of a scenario's YAML file; `kind` and `name` may be left out. */
export type ScenarioInput<Fields extends { readonly kind: string; readonly name: string }> = AsWritten<
  Omit<Fields, 'kind' | 'name'> & Partial<Pick<Fields, 'kind' | 'name'>>
>;

/**
 * What a loader reads: the file of a scenario, or the scenario itself as text.
 *
 * @param door the function that was called, for messages
 * @param scenario a shipped name, the path of a YAML file, or the fields of a scenario
 * @param kind for fields that do not say theirs
 * @throws {ScenarioError} when there is no such scenario, and for values that no scenario file can hold
 * @throws {TypeError} for what is neither text nor fields
 */
export async function scenarioSource(door: string, scenario: unknown, kind: 'coupled' | 'train'): Promise<string> {
  if (typeof scenario === 'string') return findScenario(scenario);
  if (typeof scenario !== 'object' || scenario === null || !isPlainObject(scenario)) {
    const expected = 'the name of a scenario, the path of its file, or its fields as an object';
    throw new TypeError(`${door}: expected ${expected}, got ${shownArgument(scenario)}`);
  }
  const problems = unwritable(scenario, [], []);
  if (problems.length > 0) throw new ScenarioError(problems);
  const { kind: ownKind = kind, name = kind, ...fields } = scenario as { kind?: unknown; name?: unknown };
  return JSON.stringify({ kind: ownKind, name, ...fields });
}

/**
 * What JSON would drop or turn into something else without a word, and a default would hide; a field that is undefined is
 * left out.
 */
function unwritable(value: unknown, path: Path, around: readonly object[]): string[] {
  const refuse = (expected: string, got: string) => [
    `inline scenario ${formatPath(path)} — expected ${expected}, got ${got}`,
  ];
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse('a finite number', String(value));
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return [];
  if (typeof value !== 'object') return refuse('a value that a file can hold', shownArgument(value));
  if (around.includes(value)) return refuse('a value that a file can hold', 'a value that holds itself');
  const inside = [...around, value];
  if (Array.isArray(value)) return value.flatMap((member, index) => unwritable(member, [...path, index], inside));
  if (ArrayBuffer.isView(value)) return refuse('a list', `${shownArgument(value)}; Array.from makes one of it`);
  if (!isPlainObject(value)) return refuse('a value that a file can hold', shownArgument(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.flatMap(([key, member]) => unwritable(member, [...path, key], inside));
}
