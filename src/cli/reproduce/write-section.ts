import { join } from 'node:path';
import { drawSvg } from '../../report/figures/draw.ts';
import type { Datum } from '../../report/figures/figure.ts';
import { figuresOf, hasFigures } from '../../report/report.ts';
import { localDisk } from '../../results/disk.ts';
import { csvText } from '../../results/export/csv.ts';
import { tableOfRows } from '../../results/export/table.ts';
import { readRun } from '../../results/read-run.ts';
import { readRegular } from '../../results/regular-file.ts';
import { writeFolder } from '../../results/report-files.ts';
import { type ComparedSection, type Comparison, comparisonFile, comparisonText } from './comparison.ts';
import { comparisonPage } from './page.ts';
import type { Pictures, Reproduced, Section } from './section.ts';

/** A file to be written. */
interface OutputFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Writes a section's pictures and tables, and the comparison and the page with it in its place; removes the files that are
 * no section's any more.
 *
 * @param order the ids of all sections that there are
 */
export async function writeSection(
  out: string,
  before: Comparison,
  section: Section,
  reproduced: Reproduced,
  order: readonly string[],
): Promise<Comparison> {
  const { files, compared } = await filesOf(section, reproduced);
  const others = before.sections.filter(({ id }) => id !== section.id && order.includes(id));
  const sections = [...others, compared].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const comparison = { sections };
  files.push(
    { name: comparisonFile, content: comparisonText(comparison) },
    { name: 'README.md', content: comparisonPage(comparison) },
  );
  await writeFolder(out, each(files), { force: true });
  await removeStale(out, before, comparison);
  return comparison;
}

async function filesOf(
  { id, title, about }: Section,
  { rows, tables = [], pictures = [] }: Reproduced,
): Promise<{ readonly files: OutputFile[]; readonly compared: ComparedSection }> {
  const drawn = (await Promise.all(pictures.map((of) => picturesOf(id, of)))).flat();
  const written = await Promise.all(
    tables.map(async (table) => ({
      file: `${id}-${table.name}.csv`,
      title: table.title,
      content: await csvOf(table.rows),
    })),
  );
  return {
    files: [...drawn, ...written].map(({ file, content }) => ({ name: file, content })),
    compared: {
      id,
      title,
      about,
      rows: [...rows],
      tables: written.map(({ file, title }) => ({ file, title })),
      pictures: drawn.map(({ file, title, caption }) => ({ file, title, caption })),
    },
  };
}

async function picturesOf(section: string, { path, scenario, figures, kept = [] }: Pictures) {
  const run = await readRun(path);
  const drawn = hasFigures(run) ? await figuresOf(run, figures) : [];
  const pictures = [];
  for (const figure of drawn) {
    const { id, title, caption } = figure;
    const content = `${await drawSvg(figure, 'paper')}\n`;
    pictures.push({ file: `${section}-${scenario}-${id}.svg`, title: `${scenario}: ${title}`, caption, content });
  }
  for (const name of kept) {
    const content = await readRegular(join(path, 'pictures', name));
    if (content === null) continue;
    const epoch = name.replace(/^cell-0-epoch-(\d+)\.svg$/, 'epoch $1');
    const caption = 'Every user and item before the step (hollow) and after it (filled).';
    pictures.push({ file: `${section}-${scenario}-${name}`, title: `${scenario}: ${epoch}`, caption, content });
  }
  return pictures;
}

async function csvOf(rows: readonly Datum[]): Promise<string> {
  let text = '';
  for await (const piece of csvText(await tableOfRows(rows))) text += piece;
  return text;
}

async function removeStale(out: string, before: Comparison, after: Comparison): Promise<void> {
  const files = ({ sections }: Comparison) =>
    sections.flatMap((of) => [...of.tables, ...of.pictures].map(({ file }) => file));
  const present = new Set(files(after));
  for (const file of files(before)) if (!present.has(file)) await localDisk.remove(join(out, file));
}

async function* each(files: readonly OutputFile[]) {
  yield* files;
}
