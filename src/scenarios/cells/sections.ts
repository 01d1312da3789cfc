import { type CoupledFields, coupledSchema } from '../coupled-schema.ts';
import { type Problem, problemsOf } from '../problem.ts';
import { type ScenarioDocument, valueAt, withValue } from '../scenario-document.ts';
import type { Sweep } from '../sweep/sweep.ts';

/** What is under one top-level key of a document, as the cells of a sweep see it. */
export interface Section {
  readonly key: keyof CoupledFields;
  /** The section with a cell's values in it, parsed; a cell is named by its position on each axis. */
  parse(positions: readonly number[]): ParsedSection;
}

type ParsedSection = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/** The sections that a sweep changes. A section is parsed once for each combination of its own values. */
export function sweptSections(document: ScenarioDocument, { axes }: Sweep): readonly Section[] {
  const keys = [...new Set(axes.map(({ path }) => path[0] as keyof CoupledFields))];
  return keys.map((key) => {
    const members = axes.flatMap((axis, index) => (axis.path[0] === key ? [{ ...axis, index }] : []));
    const parse = (positions: readonly number[]): ParsedSection => {
      const written = members.reduce(
        (section, { path, values, index }) => withValue(section, path.slice(1), values[positions[index]]),
        valueAt(document.value, [key]),
      );
      const parsed = coupledSchema.shape[key].safeParse(written);
      return parsed.success ? { value: parsed.data } : { problems: problemsOf(parsed.error.issues, [key]) };
    };
    // With one section every combination comes once, and there is nothing to remember.
    return { key, parse: keys.length === 1 ? parse : remembering(parse, members) };
  });
}

function remembering(
  parse: Section['parse'],
  members: readonly { readonly values: readonly unknown[]; readonly index: number }[],
): Section['parse'] {
  const known = new Map<number, ParsedSection>();
  return (positions) => {
    const combination = members.reduce((sum, { values, index }) => sum * values.length + positions[index], 0);
    const parsed = known.get(combination) ?? parse(positions);
    known.set(combination, parsed);
    return parsed;
  };
}
