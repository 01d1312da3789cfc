import { join } from 'node:path';
import { localDisk } from '../../results/disk.ts';
import { writeFolder } from '../../results/report-files.ts';
import { type Comparison, comparisonFile, comparisonText } from './comparison.ts';
import type { ComposedSection, OutputFile } from './compose-section.ts';
import { comparisonPage } from './page.ts';

/** The file of the page. */
export const pageFile = 'README.md';

/**
 * Writes a section's pictures and tables, and the comparison and the page with it in its place; removes the files that are
 * no section's any more.
 *
 * @param order the ids of all sections that there are
 */
export async function writeSection(
  out: string,
  before: Comparison,
  composed: ComposedSection,
  order: readonly string[],
): Promise<Comparison> {
  const { compared } = composed;
  const others = before.sections.filter(({ id }) => id !== compared.id && order.includes(id));
  const sections = [...others, compared].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const comparison = { sections };
  await writeFolder(out, filesOf(composed, comparison), { force: true });
  await removeStale(out, before, comparison);
  return comparison;
}

/** The comparison comes last: it names no file that is not there. */
async function* filesOf({ pictures, tables }: ComposedSection, comparison: Comparison): AsyncGenerator<OutputFile> {
  yield* pictures();
  yield* tables;
  yield { name: comparisonFile, content: comparisonText(comparison) };
  yield { name: pageFile, content: comparisonPage(comparison) };
}

async function removeStale(out: string, before: Comparison, after: Comparison): Promise<void> {
  const files = ({ sections }: Comparison) =>
    sections.flatMap((of) => [...of.tables, ...of.pictures].map(({ file }) => file));
  const present = new Set(files(after));
  for (const file of files(before)) if (!present.has(file)) await localDisk.remove(join(out, file));
}
