import { drawSvg } from '../figures/draw.ts';
import type { Choice, Datum, Figure, Series } from '../figures/figure.ts';
import { markupText } from '../figures/markup-text.ts';
import { formatCount, formatSignificant } from '../format-number.ts';
import type { PlacedFigure } from './page.ts';

/** Rows of the data that are in the page to be read; all of them are in the download. */
const mostRead = 20;

/**
 * A figure in its page: picture, caption, buttons and the data to be read. What needs the page's script is hidden until it
 * runs.
 *
 * @param level of its heading
 * @param after HTML at its end
 * @param within id of the heading that tells it from another of its title in the page
 */
export async function pictureSection(
  { place, figure }: PlacedFigure,
  { level, after = '', within }: { readonly level: 2 | 3; readonly after?: string; readonly within?: string },
): Promise<string> {
  const { title, caption, series, zoomed, rows } = figure;
  const heading = `${place}-title`;
  return `<section id="${place}" aria-labelledby="${within === undefined ? heading : `${heading} ${within}`}">
<h${level} id="${heading}">${markupText(title)}</h${level}>
<figure>
${choosers(place, figure)}${series.length > 1 ? seriesButtons(series) : ''}<div class="picture" role="group" aria-label="${markupText(`Picture: ${title}`)}">${withOwnIds(await drawSvg(figure, 'page'), place)}</div>
${zoomed.length > 0 ? keysText : ''}<figcaption>${markupText(caption)}</figcaption>
</figure>
<div class="tools" hidden>${['CSV', 'JSON', 'SVG'].map((format) => saveButton(format, title)).join('')}</div>
${dataTable(rows)}
${after}</section>`;
}

/** Other pictures of a page have the same ids; an address within this one is to find its own. */
function withOwnIds(svg: string, place: string): string {
  return svg.replace(/( id="|url\(#|href="#)([\w-]+)/g, (_, before, id) => `${before}${place}-${id}`);
}

const keysText =
  '<p class="keys" hidden>Drag to move, Shift and wheel to zoom, double click to see all; with the keyboard: arrows, + and −, 0.</p>\n';

function choosers(place: string, { choice, slice }: Figure): string {
  const first = choice === null ? '' : chooser(`${place}-choice`, 'chosen', choice);
  return first + (slice ? chooser(`${place}-slice`, 'sliced', slice) : '');
}

/** @param signal of the picture, that holds what is chosen */
function chooser(id: string, signal: string, { label, options }: Choice): string {
  const list = options.map((option) => `<option>${markupText(option)}</option>`).join('');
  return `<div class="choice" hidden><label for="${id}">${markupText(label)}</label><select id="${id}" data-signal="${signal}">${list}</select></div>\n`;
}

function seriesButtons(series: readonly Series[]): string {
  const buttons = series.map(
    ({ name, color }) =>
      `<button type="button" aria-pressed="true" data-series="${markupText(name)}"><span class="swatch" style="background:${color}"></span>${markupText(name)}</button>`,
  );
  return `<div class="series" role="group" aria-label="Series that are drawn" hidden>${buttons.join('')}</div>\n`;
}

function saveButton(format: string, title: string): string {
  const what = format === 'SVG' ? 'Picture' : 'Data';
  return `<button type="button" data-save="${format.toLowerCase()}" aria-label="${markupText(`${what} as ${format}: ${title}`)}">${what} as ${format}</button>`;
}

function dataTable(rows: readonly Datum[]): string {
  const columns = columnsOf(rows);
  const isText = (column: string) => rows.some((row) => typeof row[column] === 'string');
  const kinds = new Map(columns.map((column) => [column, isText(column) ? ' class="text"' : '']));
  const cells = (row: Datum) =>
    columns.map((column) => `<td${kinds.get(column)}>${markupText(shown(row[column]))}</td>`).join('');
  const head = columns.map((column) => `<th scope="col"${kinds.get(column)}>${markupText(column)}</th>`).join('');
  const count =
    rows.length > mostRead
      ? `the first ${mostRead} of ${formatCount(rows.length)} rows`
      : `${formatCount(rows.length)} rows`;
  return `<details><summary>Data, ${count}</summary><div class="scrolled" tabindex="0" role="group" aria-label="Data"><table><thead><tr>${head}</tr></thead>
<tbody>${rows
    .slice(0, mostRead)
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join('\n')}</tbody></table></div></details>`;
}

/** The fields of any of the rows, in the order in which they come. */
function columnsOf(rows: readonly Datum[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function shown(value: Datum[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number'
    ? Number.isInteger(value)
      ? String(value)
      : formatSignificant(value, 6)
    : String(value);
}
