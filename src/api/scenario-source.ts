import { findScenario } from '../scenarios/find-scenario.ts';

/** A value as a script may write it: `as const` makes its parts read-only. */
type AsWritten<T> = T extends object ? { readonly [K in keyof T]: AsWritten<T[K]> } : T;

/** The fields of a scenario's YAML file; `kind` and `name` may be left out. */
export type ScenarioInput<Fields extends { readonly kind: string; readonly name: string }> = AsWritten<
  Omit<Fields, 'kind' | 'name'> & Partial<Pick<Fields, 'kind' | 'name'>>
>;

/**
 * What a loader reads: the file of a scenario, or the scenario itself as text.
 *
 * @param scenario a shipped name, the path of a YAML file, or the fields of a scenario
 * @param kind for fields that do not say theirs
 * @throws {ScenarioError} when there is no such scenario
 */
export async function scenarioSource(scenario: string | object, kind: 'coupled' | 'train'): Promise<string> {
  if (typeof scenario === 'string') return findScenario(scenario);
  return JSON.stringify({ kind, name: kind, ...scenario }, refuseNonFinite);
}

/** JSON would turn these into null, and a default would hide the mistake. */
function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new RangeError(`${key} — expected a finite number, got ${value}`);
}
