import { type ComparedSection, type Comparison, countText } from './comparison.ts';
import type { Row } from './row.ts';

const intro = `# The article, re-run

Every figure, table and claim of the article and of the theory behind it beside what this program makes of it.
\`npm run reproduce\` writes this page anew; \`norm-growth reproduce <section>\` a part of it, and
\`norm-growth reproduce <section> --check\` only says whether its rows, tables and captions still come out as they stand
here. Every row has the rule by which the two are compared. All draws have fixed seeds: the numbers here do not change from run to run.

✓ agrees  ≈ differs for the reason given  ✗ differs  · has no reference, but is as ours should be  – cannot be compared`;

/** The page of a comparison, as Markdown: a function of the comparison alone. */
export function comparisonPage({ sections }: Comparison): string {
  const rows = sections.flatMap((section) => section.rows);
  const summary = sections.map(({ id, title, rows: of }) => `| [${escaped(title)}](#${id}) | ${countText(of)} |`);
  const contents = ['| section | rows |', '| --- | --- |', ...summary, `| all | ${countText(rows)} |`].join('\n');
  return `${[intro, contents, ...sections.map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ id, title, about, rows, tables, pictures }: ComparedSection): string {
  const table = [
    '| | claim | reference | ours | rule | source |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(rowText),
  ];
  const links = tables.map((of) => `[${escaped(of.title)}](${of.file})`);
  const shown = pictures.map((of) => `![${escaped(of.title)}](${of.file})\n\n${escaped(of.caption)}`);
  const parts = [`<a id="${id}"></a>\n\n## ${escaped(title)}`, escaped(about), `${countText(rows)}.`, table.join('\n')];
  if (links.length > 0) parts.push(`As CSV: ${links.join(', ')}.`);
  return [...parts, ...shown].join('\n\n');
}

const marks: Readonly<Record<Row['outcome'], string>> = {
  agrees: '✓',
  explained: '≈',
  differs: '✗',
  'ours alone': '·',
  'left out': '–',
};

function rowText({ outcome, claim, reference, ours, how, because, source }: Row): string {
  const rule = because === null ? how : `${how}. It differs: ${because}`;
  return `| ${[marks[outcome], ...[claim, reference, ours, rule, source].map(escaped)].join(' | ')} |`;
}

/** Text that is no markup and ends no cell. */
function escaped(text: string): string {
  return text
    .replace(/[\\|*_<>[\]`~]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim();
}
