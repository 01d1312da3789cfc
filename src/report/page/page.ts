import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packageFile } from '../../package-files.ts';
import { compileFigure } from '../figures/draw.ts';
import type { Figure } from '../figures/figure.ts';
import { markupText, scriptJson } from '../figures/markup-text.ts';
import type { LiveFigure } from './live-figure.ts';
import { style } from './style.ts';

/** A page: what is above its figures and between them, as HTML, and the figures themselves. */
export interface Page {
  readonly title: string;
  /** HTML; foreign text in it has been through `markupText`. */
  readonly body: string;
  /** The figures whose sections are in the body. */
  readonly figures: readonly PlacedFigure[];
}

/** A figure, and what its place in a page is called: different runs have figures of one name. */
export interface PlacedFigure {
  readonly place: string;
  readonly figure: Figure;
}

/**
 * A page of its own, half a megabyte and its numbers: Vega's runtime is in it, and nothing comes from the network.
 * Without scripts the pictures are still there, as they are printed.
 */
export async function pageText({ title, body, figures }: Page): Promise<string> {
  const script = scriptText(await readFile(packageFile('dist/report/page/browser.js'), 'utf8'));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markupText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${markupText(title)}</h1>
${body}
</main>
<div id="told" role="tooltip" hidden></div>
<script type="application/json" id="figures">${scriptJson(figures.map(liveFigure))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function liveFigure({ place, figure }: PlacedFigure): LiveFigure {
  const { title, rows, zoomed } = figure;
  return { place, title, rows, zoomed, vega: compileFigure(figure, 'page') };
}

/** This script and no other: foreign text could not run even if it came through. Vega's expressions are interpreted. */
function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** A script with nothing in it that would end its element. */
function scriptText(script: string): string {
  return script.replace(/<(?=!--|\/?script)/gi, '\\x3c');
}
