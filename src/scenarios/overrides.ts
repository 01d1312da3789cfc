import { pathSuggestion, suggestion } from './nearest-name.ts';
import type { Path } from './problem.ts';
import { type ScenarioDocument, valueAt } from './scenario-document.ts';
import { ScenarioError } from './scenario-error.ts';
import { shownValue } from './shown-value.ts';
import { isDesign } from './sweep/axis-problems.ts';
import { designs } from './sweep/designs/index.ts';
import { visibleText } from './visible-text.ts';
import type { Plain } from './yaml/plain.ts';
import { parseYaml } from './yaml/yaml-text.ts';

/** What the command line changes in a scenario. */
export interface Overrides {
  /** `path=value`, the value as in YAML; each path once, and the whole of a mapping before its parts. */
  readonly set?: readonly string[];
  /** `path=log:from:to:n`, `path=linear:from:to:n`, `path=1,2,3`; without n where the sweep is a design. */
  readonly sweep?: readonly string[];
  /** `sobol:64`, `latin-hypercube:64`, and the seed of the design after another colon: `combine`, `points`, `designSeed`. */
  readonly design?: string | undefined;
  readonly seed?: string | number | undefined;
  readonly replicates?: string | number | undefined;
  /** `norm.difference.relativeHalfWidth=0.01`, `halfWidth=1e-3`: a field of `until`. */
  readonly until?: readonly string[] | undefined;
  /** Leave bad rows of data out, and count them, instead of refusing the file. */
  readonly skipBadRows?: boolean;
}

/**
 * Puts the command line's values into a document.
 *
 * @throws {ScenarioError} for unknown paths, for values that are not YAML, for setting what is swept, and for a value
 *   that would silently replace an earlier one
 */
export function applyOverrides(document: ScenarioDocument, overrides: Overrides): void {
  const { fields } = document;
  for (const text of overrides.set ?? []) {
    const { name, value } = splitOverride(document, '--set', text, [...fields.paths.keys()]);
    const path = fields.keysOf(name);
    refuseReplacement(document, path, `--set ${name}`);
    document.set(path, readValue(value, `--set ${name}`), `--set ${name}`);
  }
  for (const name of ['seed', 'replicates'] as const) {
    const value = overrides[name];
    if (value === undefined) continue;
    refuseReplacement(document, [name], `--${name}`);
    document.set([name], readValue(String(value), `--${name}`), `--${name}`);
  }
  for (const text of overrides.until ?? []) {
    const { name, value } = splitOverride(document, '--until', text, untilFields(fields.paths));
    const path = fields.keysOf(`until.${name}`);
    refuseReplacement(document, path, `--until ${name}`);
    document.set(path, readValue(value, `--until ${name}`), `--until ${name}`);
  }
  refuseSetAndSwept(document);
  const swept = valueAt(document.value, ['sweep']);
  // A sweep that is no mapping is left for the schema to refuse.
  if (swept !== undefined && (typeof swept !== 'object' || swept === null || Array.isArray(swept))) return;
  if (overrides.design !== undefined) applyDesign(document, overrides.design);
  const combine = valueAt(document.value, ['sweep', 'combine']);
  const isSpread = typeof combine === 'string' && isDesign(combine);
  for (const text of overrides.sweep ?? []) {
    const { name, value } = splitOverride(document, '--sweep', text, fields.swept);
    for (const path of [['sweep', name], fields.keysOf(name)]) refuseReplacement(document, path, `--sweep ${name}`);
    document.set(['sweep', name], readAxis(value, `--sweep ${name}`, isSpread), `--sweep ${name}`);
  }
}

/** What `--until` can set. */
function untilFields(paths: ReadonlyMap<string, unknown>): string[] {
  return [...paths.keys()].flatMap((path) => (path.startsWith('until.') ? [path.slice(6)] : []));
}

function splitOverride(
  document: ScenarioDocument,
  option: string,
  text: string,
  known: readonly string[],
): { name: string; value: string } {
  const [, name, value = ''] = /^([^=]*)(?:=(.*))?$/s.exec(text)!;
  if (!known.includes(name)) {
    const isField = document.fields.paths.has(option === '--until' ? `until.${name}` : name);
    const what = option === '--sweep' ? 'the path of a field that can be swept' : 'the path of a field';
    const got = isField ? 'one that cannot' : `an unknown one${remedyOf(document, option, name, known)}`;
    throw new ScenarioError([`${option} ${visibleText(name)} — expected ${what}, got ${got}`]);
  }
  if (value.trim() === '')
    throw new ScenarioError([`${option} ${visibleText(text)} — expected path=value, got no value`]);
  return { name, value };
}

/** What was meant, perhaps, and how a person sees all the paths. */
function remedyOf({ value }: ScenarioDocument, option: string, name: string, known: readonly string[]): string {
  const near = pathSuggestion(name, known);
  const kind = valueAt(value, ['kind']);
  const what = kind === 'train' ? ' training' : kind === 'fidelity' ? ' fidelity' : '';
  const under = option === '--until' ? ', those under until' : '';
  return `${near === '' ? ';' : near} \`norm-growth schema${what} --paths\` lists them${under}`;
}

function readValue(text: string, option: string): Plain {
  return parseYaml(text, () => option).value;
}

function applyDesign(document: ScenarioDocument, text: string): void {
  const [combine, points, designSeed, ...rest] = text.split(':');
  if (points === undefined || rest.length > 0) {
    const forms = 'sobol:64, latin-hypercube:64, or with the seed of the design sobol:64:1';
    throw new ScenarioError([`--design — expected ${forms}, got ${visibleText(text)}`]);
  }
  if (!isDesign(combine)) {
    const names = Object.keys(designs);
    const got = `${shownValue(combine)}${suggestion(combine, names)}`;
    throw new ScenarioError([`--design — expected one of ${names.join(', ')}, got ${got}`]);
  }
  const fields = { combine, points, ...(designSeed === undefined ? {} : { designSeed }) };
  for (const [name, value] of Object.entries(fields)) {
    refuseReplacement(document, ['sweep', name], '--design');
    document.set(['sweep', name], readValue(value, '--design'), '--design');
  }
}

/** @param isSpread whether the sweep is a design, whose ranges have no number of values */
function readAxis(text: string, option: string, isSpread: boolean): Plain {
  if (!text.includes(':')) return readValue(`[${text}]`, option);
  const form = isSpread ? /^\s*(linear|log):([^:]*:[^:]*)$/s : /^\s*(linear|log):([^:]*:[^:]*:[^:]*)$/s;
  const [, kind, numbers] = form.exec(text) ?? [];
  if (kind === undefined) {
    const count = isSpread ? '' : ':n';
    const forms = `log:from:to${count}, linear:from:to${count} or values such as 1,2,5`;
    throw new ScenarioError([`${option} — expected ${forms}, got ${visibleText(text)}`]);
  }
  return { [kind]: numbers.split(':').map((number) => readValue(number, option)) };
}

/** A value that an option put in is not lost to another option without a word. */
function refuseReplacement(document: ScenarioDocument, path: Path, option: string): void {
  const earlier = document.optionInside(path);
  if (earlier === undefined) return;
  const what = earlier === option ? 'each path once, got it twice' : `one of ${option} and ${earlier}, got both`;
  const remedy = earlier.startsWith(`${option}.`) ? `; ${option} before ${earlier} keeps both` : '';
  throw new ScenarioError([`${option} — expected ${what}${remedy}`]);
}

function refuseSetAndSwept(document: ScenarioDocument): void {
  const sweep = valueAt(document.value, ['sweep']);
  if (typeof sweep !== 'object' || sweep === null) return;
  for (const name of Object.keys(sweep)) {
    const path = document.fields.keysOf(name);
    if (document.optionAt(path)?.path.length !== path.length) continue;
    const message = `expected a field that is not swept; --sweep ${visibleText(name)}=… replaces the file's values`;
    throw document.refuse([{ path, message }]);
  }
}
