import { z } from 'zod';
import { readRegular } from '../../results/regular-file.ts';
import { ResultsError } from '../../results/results-error.ts';
import { outcomes, type Row } from './row.ts';

/** The file that holds all rows. */
export const comparisonFile = 'comparison.json';

const fileName = (ending: string) => z.string().regex(new RegExp(`^[a-z0-9][a-z0-9.-]*\\.${ending}$`));

const rowSchema = z.strictObject({
  claim: z.string(),
  source: z.string(),
  reference: z.string(),
  ours: z.string(),
  outcome: z.enum(outcomes),
  how: z.string(),
  because: z.string().nullable(),
});

const comparisonSchema = z.strictObject({
  sections: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      about: z.string(),
      rows: z.array(rowSchema),
      tables: z.array(z.strictObject({ file: fileName('csv'), title: z.string() })),
      pictures: z.array(z.strictObject({ file: fileName('svg'), title: z.string(), caption: z.string() })),
    }),
  ),
});

/** All that was compared: nothing in it varies between runs. */
export type Comparison = z.output<typeof comparisonSchema>;

/** A section as it is kept. */
export type ComparedSection = Comparison['sections'][number];

/**
 * The comparison in a folder; null where there is none.
 *
 * @throws {ResultsError} where the file is something else
 */
export async function readComparison(path: string): Promise<Comparison | null> {
  const text = await readRegular(path);
  if (text === null) return null;
  const remedy = 'restore it, or name another folder with --out';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ResultsError(`${path}: is not JSON; ${remedy}`, { cause: error });
  }
  const parsed = comparisonSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: place, message }] = parsed.error.issues;
  throw new ResultsError(`${path}: ${place.join('.')} — ${message}; ${remedy}`);
}

/** A comparison as its file has it, fields in the order of the schema. */
export function comparisonText(comparison: Comparison): string {
  return `${JSON.stringify(comparisonSchema.parse(comparison), null, 1)}\n`;
}

/** How many rows came to each outcome. */
export function countOutcomes(rows: readonly Row[]): Readonly<Record<Row['outcome'], number>> {
  const counts = { agrees: 0, explained: 0, differs: 0, 'ours alone': 0, 'left out': 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

/** 40 of 42 agree, 1 differs for a known reason, 3 have no reference, 1 left out. */
export function countText(rows: readonly Row[]): string {
  const { agrees, explained, differs, 'ours alone': alone, 'left out': left } = countOutcomes(rows);
  const compared = rows.length - alone - left;
  const parts = [`${agrees} of ${compared} agree`];
  if (explained > 0) parts.push(`${explained} ${explained === 1 ? 'differs' : 'differ'} for a known reason`);
  if (differs > 0) parts.push(`${differs} ${differs === 1 ? 'DIFFERS' : 'DIFFER'}`);
  if (alone > 0) parts.push(`${alone} ${alone === 1 ? 'has' : 'have'} no reference`);
  if (left > 0) parts.push(`${left} left out`);
  return parts.join(', ');
}

/** Where a section has come out otherwise than it is kept, a line each. */
export function sectionDifferences(kept: ComparedSection, fresh: ComparedSection): string[] {
  const ofFile = ({ file }: { readonly file: string }) => file;
  return [
    ...fieldDifferences(kept.id, { title: kept.title, about: kept.about }, { title: fresh.title, about: fresh.about }),
    ...listDifferences('rows', kept.rows, fresh.rows, ({ claim }) => claim),
    ...listDifferences('tables', kept.tables, fresh.tables, ofFile),
    ...listDifferences('pictures', kept.pictures, fresh.pictures, ofFile),
  ];
}

function listDifferences<Entry extends object>(
  what: string,
  kept: readonly Entry[],
  fresh: readonly Entry[],
  nameOf: (entry: Entry) => string,
): string[] {
  const lines: string[] = [];
  const byName = new Map(kept.map((entry) => [nameOf(entry), entry]));
  for (const entry of fresh) {
    const name = nameOf(entry);
    const before = byName.get(name);
    byName.delete(name);
    if (before === undefined) lines.push(`${name}: is not among the kept ${what}`);
    else lines.push(...fieldDifferences(name, before, entry));
  }
  return [...lines, ...[...byName.keys()].map((name) => `${name}: is kept, but did not come out`)];
}

function fieldDifferences<Entry extends object>(name: string, kept: Entry, fresh: Entry): string[] {
  return (Object.keys(fresh) as (keyof Entry & string)[])
    .filter((field) => kept[field] !== fresh[field])
    .map((field) => `${name}: ${field} is ${fresh[field]}, kept is ${kept[field]}`);
}

/** The first line in which a table has come out otherwise than its file has it; none where it has not. */
export function tableDifference(file: string, kept: string | null, fresh: string): string[] {
  if (kept === null) return [`${file}: is missing`];
  if (kept === fresh) return [];
  const [before, after] = [kept, fresh].map((text) => text.split('\r\n'));
  const line = after.findIndex((text, index) => text !== before[index]);
  if (line === -1) return [`${file}: has ${before.length} lines, ${after.length} came out`];
  return [`${file}:${line + 1}: is ${after[line]}, kept is ${before[line] ?? 'no such line'}`];
}
