import { join } from 'node:path';
import { drawSvg } from '../../report/figures/draw.ts';
import type { Datum } from '../../report/figures/figure.ts';
import { figuresOf, hasFigures } from '../../report/report.ts';
import { csvText } from '../../results/export/csv.ts';
import { tableOfRows } from '../../results/export/table.ts';
import { readRun } from '../../results/read-run.ts';
import { readRegular } from '../../results/regular-file.ts';
import type { ComparedSection } from './comparison.ts';
import type { Pictures, Reproduced, Section } from './section.ts';

/** A file to be written. */
export interface OutputFile {
  readonly name: string;
  readonly content: string;
}

/** A section as it is kept, and its files. */
export interface ComposedSection {
  readonly compared: ComparedSection;
  readonly tables: readonly OutputFile[];
  /** Draws them, one after the other. */
  pictures(): AsyncGenerator<OutputFile>;
}

/** Puts together what a section came to; no picture is drawn yet. */
export async function composeSection(
  { id, title, about }: Section,
  { rows, tables = [], pictures = [] }: Reproduced,
): Promise<ComposedSection> {
  const drawings: Drawing[] = [];
  for (const of of pictures) drawings.push(...(await drawingsOf(id, of)));
  const files: OutputFile[] = [];
  for (const { name, rows: data } of tables) files.push({ name: `${id}-${name}.csv`, content: await csvOf(data) });
  return {
    compared: {
      id,
      title,
      about,
      rows: [...rows],
      tables: tables.map((table, index) => ({ file: files[index].name, title: table.title })),
      pictures: drawings.map(({ file, title, caption }) => ({ file, title, caption })),
    },
    tables: files,
    async *pictures() {
      // Never two at once: the drawing of a picture sets what all drawings share.
      for (const { file, draw } of drawings) yield { name: file, content: await draw() };
    },
  };
}

interface Drawing {
  readonly file: string;
  readonly title: string;
  readonly caption: string;
  draw(): Promise<string>;
}

async function drawingsOf(section: string, { path, scenario, figures, kept = [] }: Pictures): Promise<Drawing[]> {
  const run = await readRun(path);
  const ofReport = hasFigures(run) ? await figuresOf(run, figures) : [];
  const drawings = ofReport.map((figure): Drawing => {
    const { id, title, caption } = figure;
    const draw = async () => `${await drawSvg(figure, 'paper')}\n`;
    return { file: `${section}-${scenario}-${id}.svg`, title: `${scenario}: ${title}`, caption, draw };
  });
  for (const name of kept) {
    const content = await readRegular(join(path, 'pictures', name));
    if (content === null) continue;
    const epoch = name.replace(/^cell-0-epoch-(\d+)\.svg$/, 'epoch $1');
    const caption = 'Every user and item before the step (hollow) and after it (filled).';
    const draw = async () => content;
    drawings.push({ file: `${section}-${scenario}-${name}`, title: `${scenario}: ${epoch}`, caption, draw });
  }
  return drawings;
}

async function csvOf(rows: readonly Datum[]): Promise<string> {
  let text = '';
  for await (const piece of csvText(await tableOfRows(rows))) text += piece;
  return text;
}
