import { csvText } from '../../results/export/csv.ts';
import { tableOfRows } from '../../results/export/table.ts';
import { markdownText } from '../markdown-text.ts';
import type { RunReport } from '../report.ts';
import { regenerateCommand } from './regenerate-command.ts';
import { fileStem, type ReportFile } from './report-file.ts';

/** A report as Markdown, with pictures that stand beside it and the data of each as CSV. */
export async function* markdownReport(title: string, runs: readonly RunReport[]): AsyncGenerator<ReportFile> {
  const lines = [`# ${markdownText(title)}`];
  for (const [number, run] of runs.entries()) {
    lines.push(headOf(run, runs.length === 1));
    for (const figure of run.figures) {
      const stem = fileStem(runs, number, figure.id);
      let csv = '';
      for await (const piece of csvText(await tableOfRows(figure.rows))) csv += piece;
      yield { name: `${stem}.csv`, content: csv };
      lines.push(
        `### ${markdownText(figure.title)}`,
        `![${markdownText(figure.title)}](${stem}.svg)`,
        markdownText(figure.caption),
        `Data: [${stem}.csv](${stem}.csv). Again: ${codeSpan(regenerateCommand(run.path, figure.id))}`,
      );
    }
  }
  yield { name: 'report.md', content: `${lines.join('\n\n')}\n` };
}

function headOf({ name, description, facts, words }: RunReport, isAlone: boolean): string {
  const list = facts.map(([term, value]) => `- ${term}: ${markdownText(value)}`).join('\n');
  const parts = [isAlone ? '' : `## ${markdownText(name)}`, markdownText(description), list, fenced(words)];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Text in a fence that is longer than any in it. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

function codeSpan(text: string): string {
  const ticks = '`'.repeat(longestTicks(text) + 1);
  return ticks.length === 1 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}
