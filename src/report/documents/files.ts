import { drawSvg } from '../figures/draw.ts';
import type { RunReport } from '../report.ts';
import type { ReportFormat } from './formats.ts';
import { markdownReport } from './markdown.ts';
import { fileStem, type ReportFile } from './report-file.ts';

/** The files of a report that is a folder: a picture a figure; of Markdown a text beside them, with their data. */
export async function* reportFiles(
  title: string,
  runs: readonly RunReport[],
  format: Exclude<ReportFormat, 'html'>,
): AsyncGenerator<ReportFile> {
  for (const [number, { figures }] of runs.entries()) {
    for (const figure of figures) {
      const name = fileStem(runs, number, figure.id);
      const svg = `${await drawSvg(figure, 'paper')}\n`;
      if (format === 'png') yield { name: `${name}.png`, content: (await import('./png.ts')).pngOf(svg) };
      else yield { name: `${name}.svg`, content: svg };
    }
  }
  if (format === 'md') yield* markdownReport(title, runs);
}
