import { formatPath, type Path, type Problem } from './problem.ts';
import { ScenarioError } from './scenario-error.ts';
import type { FieldCatalogue } from './schema/field-paths.ts';
import type { Plain } from './yaml/plain.ts';
import type { YamlText } from './yaml/yaml-text.ts';

/** A scenario as it was written, with the values that the command line put in, before the schema has seen it. */
export class ScenarioDocument {
  /** What messages call the file. */
  readonly source: string;
  /** What a scenario of its kind may hold. */
  readonly fields: FieldCatalogue;
  readonly #text: YamlText;
  #value: Plain;
  /** What put a value in from outside the file, by the path of that value: `--set popularity.lower`. */
  readonly #options = new Map<string, { readonly option: string; readonly path: Path }>();

  constructor(source: string, text: YamlText, fields: FieldCatalogue) {
    this.source = source;
    this.fields = fields;
    this.#text = text;
    this.#value = text.value;
  }

  get value(): Plain {
    return this.#value;
  }

  /** Puts a value in, making mappings on the way where there are none. Problems there will name the option. */
  set(path: Path, value: Plain, option: string): void {
    this.#value = withValue(this.#value, path, value);
    this.#options.set(JSON.stringify(path), { option, path });
  }

  /** The option that put in the value at a path, or a part around it. */
  optionAt(path: Path): { readonly option: string; readonly path: Path } | undefined {
    for (let length = path.length; length > 0; length--) {
      const found = this.#options.get(JSON.stringify(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** An option that put in the value at a path, or a part inside it: setting the path would undo it. */
  optionInside(path: Path): string | undefined {
    const options = [...this.#options.values()];
    return options.find((earlier) => isWithin(earlier.path, path))?.option;
  }

  /** Where a problem is and what it is, on one line: `file.yaml:10:7 path — message`. */
  located({ path, pointsAt, message }: Problem, foundAt: Path = path): string {
    const name = path.length === 0 ? '' : ` ${formatPath(path)}`;
    const found = this.optionAt(foundAt);
    const around = found === undefined ? this.#optionsAround(path) : [];
    if (around.length > 0) return `${around.join(' and ')}${name} — ${message}${this.#remedy(path, around[0])}`;
    if (found === undefined) return `${this.source}:${this.#text.locate(foundAt, pointsAt)}${name} — ${message}`;
    // `--set gain` is told as `--set gain.model` where that is what is wrong, so that the path stands there once.
    if (isWithin(path, found.path) && found.option.startsWith('--set ')) return `--set${name} — ${message}`;
    // `--until halfWidth` names the field of its section.
    const names = [`--${formatPath(path)}`, formatPath(path), formatPath(path.slice(1))];
    const isNamed = path[0] === 'sweep' || names.includes(lastWord(found.option));
    return `${found.option}${isNamed ? '' : name} — ${message}`;
  }

  /**
   * The options beside which a value is missing, or that a value is made of where the file has none: the file is not to
   * blame for those.
   */
  #optionsAround(path: Path): string[] {
    const isMissing = valueAt(this.#value, path) === undefined;
    const container = isMissing ? path.slice(0, -1) : path;
    if (container.length === 0 || (!isMissing && valueAt(this.#text.value, path) !== undefined)) return [];
    const inside = [...this.#options.values()].filter((option) => isWithin(option.path, container));
    return inside.map(({ option }) => option);
  }

  /** How a value that is missing is put in beside another. */
  #remedy(path: Path, option: string): string {
    if (valueAt(this.#value, path) !== undefined) return '';
    const isUntil = option.startsWith('--until ');
    return `; add ${isUntil ? '--until' : '--set'} ${formatPath(isUntil ? path.slice(1) : path)}=…`;
  }

  /** @param problems at least one */
  refuse(problems: readonly Problem[]): ScenarioError {
    return new ScenarioError(problems.map((problem) => this.located(problem)));
  }
}

function isWithin(path: Path, container: Path): boolean {
  return container.every((part, index) => path[index] === part);
}

function lastWord(option: string): string {
  return option.slice(option.indexOf(' ') + 1);
}

/** A copy of a value with another value at a path; what is not on the path is shared. */
export function withValue(container: Plain | undefined, path: Path, value: Plain): Plain {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  const isMapping = typeof container === 'object' && container !== null && !Array.isArray(container);
  const members = isMapping ? (container as { readonly [key: string]: Plain }) : {};
  return { ...members, [key]: withValue(members[key], rest, value) };
}

/** The value at a path of keys, or undefined. */
export function valueAt(container: Plain | undefined, path: Path): Plain | undefined {
  let value: Plain | undefined = container;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as { readonly [key: string]: Plain })[key];
  }
  return value;
}
