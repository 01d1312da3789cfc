import { basename, resolve } from 'node:path';
import type { ReportFormat } from '../report/documents/formats.ts';
import { factsOfRun, figureCatalogue, figuresOf, type RunReport } from '../report/report.ts';
import { textTable } from '../report/text-table.ts';
import { readRun, type StoredRun } from '../results/read-run.ts';
import { writeFolder, writePage } from '../results/report-files.ts';
import { ResultsError } from '../results/results-error.ts';
import { suggestion } from '../scenarios/nearest-name.ts';
import { visiblePath, visibleText } from '../scenarios/visible-text.ts';
import { reportWords } from './report-words.ts';

/** What `norm-growth report` was asked for. */
interface ReportSettings {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly figure?: readonly string[];
  readonly force: boolean;
}

/** Draws the figures of finished runs and writes them where they are wanted. */
export async function writeReport(folders: readonly string[], settings: ReportSettings): Promise<void> {
  const { format, figure, force } = settings;
  expectKnown(figure);
  expectOnce(folders);
  const reports: RunReport[] = [];
  for (const folder of folders) reports.push(await runReport(await readRun(folder), figure));
  expectFigures(reports, figure !== undefined);
  const title = reports.map(({ name }) => name).join(', ');
  const output = settings.output ?? defaultOutput(folders, format);
  if (format === 'html') {
    const { htmlReport } = await import('../report/documents/html.ts');
    await writePage(output, await htmlReport(title, reports), { force });
  } else {
    const { reportFiles } = await import('../report/documents/files.ts');
    await writeFolder(output, reportFiles(title, reports, format), { force });
  }
  const count = reports.reduce((sum, { figures }) => sum + figures.length, 0);
  process.stdout.write(`${count} ${count === 1 ? 'figure' : 'figures'} in ${visiblePath(output)}\n`);
}

async function runReport(run: StoredRun, wanted: readonly string[] | undefined): Promise<RunReport> {
  const figures = await figuresOf(run, wanted);
  const { description = '' } = run.summary as { readonly description?: string };
  return {
    name: visibleText(basename(resolve(run.path)), 100),
    path: visiblePath(run.path),
    description: visibleText(description, 2000),
    facts: [...factsOfRun(run), ...failureFacts(run)],
    words: await reportWords(run),
    figures,
  };
}

/** That cells are missing in every figure. */
function failureFacts({ summary }: StoredRun): [name: string, value: string][] {
  const { cells, failures } = summary as unknown as Record<'cells' | 'failures', readonly unknown[]>;
  if (failures.length === 0) return [];
  return [['failed', `${failures.length} of ${cells.length + failures.length} cells; the figures are of the others`]];
}

function defaultOutput(folders: readonly string[], format: ReportFormat): string {
  const stem = folders.length === 1 ? basename(resolve(folders[0])) : 'report';
  return format === 'html' ? `${stem}.html` : `${stem}-${format}`;
}

function expectOnce(folders: readonly string[]): void {
  const places = folders.map((folder) => resolve(folder));
  const twice = folders.find((_, index) => places.indexOf(places[index]) !== index);
  if (twice !== undefined) throw new ResultsError(`${twice}: is named twice; name each run folder once`);
}

function expectKnown(wanted: readonly string[] = []): void {
  const ids = figureCatalogue().map(({ id }) => id);
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const what = `--figure: there is no ${visibleText(unknown)}${suggestion(unknown, ids)}`;
  throw new ResultsError([what, ...catalogueText().split('\n')]);
}

/** The figures that there are, a line each. */
export function catalogueText(): string {
  return textTable(figureCatalogue().map(({ id, about }) => [id, about]));
}

function expectFigures(reports: readonly RunReport[], isChosen: boolean): void {
  if (reports.some(({ figures }) => figures.length > 0)) return;
  const paths = reports.map(({ path }) => path).join(', ');
  const remedy = isChosen
    ? 'leave --figure out to see all that there is'
    : 'norm-growth watch shows what became of its cells';
  throw new ResultsError(`${paths}: nothing to show in ${isChosen ? 'these' : 'any'} figures; ${remedy}`);
}
