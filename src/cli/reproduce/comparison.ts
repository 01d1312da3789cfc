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
  const counts = { agrees: 0, explained: 0, differs: 0, 'left out': 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

/** 40 of 42 agree, 1 differs for a known reason, 1 is left out. */
export function countText(rows: readonly Row[]): string {
  const { agrees, explained, differs, 'left out': left } = countOutcomes(rows);
  const compared = rows.length - left;
  const parts = [`${agrees} of ${compared} agree`];
  if (explained > 0) parts.push(`${explained} ${explained === 1 ? 'differs' : 'differ'} for a known reason`);
  if (differs > 0) parts.push(`${differs} ${differs === 1 ? 'DIFFERS' : 'DIFFER'}`);
  if (left > 0) parts.push(`${left} left out`);
  return parts.join(', ');
}

/** Where rows have come out otherwise than they are kept, a line each. */
export function rowDifferences(kept: readonly Row[], fresh: readonly Row[]): string[] {
  const lines: string[] = [];
  const byClaim = new Map(kept.map((row) => [row.claim, row]));
  for (const row of fresh) {
    const before = byClaim.get(row.claim);
    byClaim.delete(row.claim);
    if (before === undefined) lines.push(`${row.claim}: is not among the kept rows`);
    for (const field of Object.keys(row) as (keyof Row)[]) {
      if (before !== undefined && before[field] !== row[field])
        lines.push(`${row.claim}: ${field} is ${row[field]}, kept is ${before[field]}`);
    }
  }
  return [...lines, ...[...byClaim.keys()].map((claim) => `${claim}: is kept, but did not come out`)];
}
