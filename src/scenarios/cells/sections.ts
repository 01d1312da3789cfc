import { type CoupledFields, coupledSchema } from '../coupled-schema.ts';
import { type Problem, problemsOf } from '../problem.ts';
import { type ScenarioDocument, valueAt, withValue } from '../scenario-document.ts';
import type { Axis } from '../sweep/axis.ts';
import type { Sweep } from '../sweep/sweep.ts';

/** What is under one top-level key of a document, as the cells of a sweep see it. */
export interface Section {
  readonly key: keyof CoupledFields;
  /** The section with a cell's values in it, parsed. */
  parse(cell: number): ParsedSection;
}

type ParsedSection = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/** The sections that a sweep changes. Of a crossed one, a section is parsed once for each combination of its own values. */
export function sweptSections(document: ScenarioDocument, { axes, isCrossed }: Sweep): readonly Section[] {
  const keys = [...new Set(axes.map(({ path }) => path[0] as keyof CoupledFields))];
  return keys.map((key) => {
    const members = axes.filter(({ path }) => path[0] === key);
    const parse = (cell: number): ParsedSection => {
      const written = members.reduce(
        (section, { path, valueAt: at }) => withValue(section, path.slice(1), at(cell)),
        valueAt(document.value, [key]),
      );
      const parsed = coupledSchema.shape[key].safeParse(written);
      return parsed.success ? { value: parsed.data } : { problems: problemsOf(parsed.error.issues, [key]) };
    };
    // Elsewhere hardly a combination comes twice, and with one section none does: there is nothing to remember.
    return { key, parse: isCrossed && keys.length > 1 ? remembering(parse, members) : parse };
  });
}

/** Combinations of one section that are kept parsed. */
const mostRemembered = 10_000;

function remembering(parse: Section['parse'], members: readonly Axis[]): Section['parse'] {
  const known = new Map<string, ParsedSection>();
  return (cell) => {
    const combination = JSON.stringify(members.map(({ valueAt: at }) => at(cell)));
    const parsed = known.get(combination) ?? parse(cell);
    if (known.size >= mostRemembered) known.clear();
    known.set(combination, parsed);
    return parsed;
  };
}
