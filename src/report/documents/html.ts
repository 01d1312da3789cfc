import { markupText } from '../figures/markup-text.ts';
import { pictureSection } from '../page/figure-section.ts';
import { type PlacedFigure, pageText } from '../page/page.ts';
import type { RunReport } from '../report.ts';
import { regenerateCommand } from './regenerate-command.ts';

/** A report as one page: nothing in it comes from elsewhere. */
export async function htmlReport(title: string, runs: readonly RunReport[]): Promise<string> {
  const placed = runs.map((run, number) => placedFigures(run, runs.length === 1 ? '' : `run-${number + 1}-`));
  const sections: string[] = [];
  for (const [number, run] of runs.entries())
    sections.push(await runSection(run, placed[number], `run-${number + 1}-title`));
  return pageText({ title, body: `${contents(runs, placed)}\n${sections.join('\n')}`, figures: placed.flat() });
}

function placedFigures({ figures }: RunReport, prefix: string): PlacedFigure[] {
  return figures.map((figure) => ({ place: `${prefix}${figure.id}`, figure }));
}

function contents(runs: readonly RunReport[], placed: readonly (readonly PlacedFigure[])[]): string {
  const links = runs.map(({ name }, number) => {
    const figures = placed[number].map(
      ({ place, figure }) => `<li><a href="#${place}">${markupText(figure.title)}</a></li>`,
    );
    const list = `<ul>${figures.join('')}</ul>`;
    return runs.length === 1 ? list : `<p>${markupText(name)}</p>${list}`;
  });
  return `<nav aria-label="Figures">${links.join('\n')}</nav>`;
}

async function runSection(run: RunReport, placed: readonly PlacedFigure[], heading: string): Promise<string> {
  const { name, path, description, facts, words } = run;
  const pictures: string[] = [];
  for (const figure of placed) {
    const command = regenerateCommand(path, figure.figure.id);
    const after = `<p class="regenerate">Again: <code>${markupText(command)}</code></p>\n`;
    pictures.push(await pictureSection(figure, { level: 3, after, within: heading }));
  }
  const list = facts.map(([term, value]) => `<dt>${markupText(term)}</dt><dd>${markupText(value)}</dd>`);
  return `<section aria-labelledby="${heading}">
<h2 id="${heading}">${markupText(name)}</h2>
${description === '' ? '' : `<p>${markupText(description)}</p>\n`}<dl class="facts">${list.join('')}</dl>
<details open><summary>In words and numbers</summary><pre tabindex="0" role="group" aria-label="The run in words and numbers">${markupText(words)}</pre></details>
${pictures.join('\n')}
</section>`;
}
