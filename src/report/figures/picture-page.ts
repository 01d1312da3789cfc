import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Spec } from 'vega';
import { markupText, scriptJson } from './markup-text.ts';

/** One picture of a page: drawn already, and as what draws it. */
export interface PagePicture {
  readonly heading: string;
  readonly caption: string;
  /** What is seen without scripts. */
  readonly svg: string;
  readonly vega: Spec;
}

/**
 * A page of its own, about a megabyte: Vega's runtime is in it, and nothing comes from the network. Without scripts the
 * pictures are still there, as they are printed.
 */
export async function picturePage(title: string, about: string, pictures: readonly PagePicture[]): Promise<string> {
  const scripts = [await vegaRuntime(), drawing].map(scriptText);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markupText(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${markupText(title)}</h1>
<p>${markupText(about)}</p>
${pictures.map(figureElement).join('\n')}
<div id="told" role="tooltip" hidden></div>
<script type="application/json" id="figures">${scriptJson(pictures.map(({ vega }) => vega))}</script>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

function figureElement({ heading, caption, svg }: PagePicture): string {
  return `<h2>${markupText(heading)}</h2>
<figure><div class="picture">${svg}</div><figcaption>${markupText(caption)}</figcaption></figure>`;
}

/** These scripts and no others: foreign text could not run even if it came through. Vega compiles its expressions. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return `default-src 'none'; script-src ${hashes.join(' ')} 'unsafe-eval'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
}

/** A script with nothing in it that would end its element. */
function scriptText(script: string): string {
  return script.replace(/<(?=!--|\/?script)/gi, '\\x3c');
}

/** Vega for a page: one file that stands beside the module which Node loads. */
function vegaRuntime(): Promise<string> {
  return readFile(new URL('vega.min.js', import.meta.resolve('vega')), 'utf8');
}

/** Puts a live picture in the place of each drawn one, and tells of the row that is pointed at. */
const drawing = `
'use strict';
const told = document.getElementById('told');
function tell(handler, event, item, value) {
  told.hidden = typeof value !== 'object' || value === null;
  if (told.hidden) return;
  const terms = Object.entries(value).flatMap(([name, text]) => [['dt', name], ['dd', text]]);
  const list = document.createElement('dl');
  for (const [tag, text] of terms) list.appendChild(document.createElement(tag)).textContent = text;
  told.replaceChildren(list);
  const { width, height } = told.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - width - 4);
  const top = event.clientY + 14 + height < window.innerHeight ? event.clientY + 14 : event.clientY - height - 8;
  told.style.left = Math.max(4, left) + 'px';
  told.style.top = Math.max(4, top) + 'px';
}
const places = document.querySelectorAll('.picture');
JSON.parse(document.getElementById('figures').textContent).forEach(async (figure, index) => {
  const live = document.createElement('div');
  const view = new vega.View(vega.parse(figure), { renderer: 'svg', hover: true, tooltip: tell });
  await view.initialize(live).runAsync();
  places[index].replaceChildren(...live.childNodes);
  places[index].dataset.live = 'yes';
});
`;

const style = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --edge: #999; }
@media (prefers-color-scheme: dark) { :root { --ground: #14161a; --ink: #e6e6e6; --edge: #777; } }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
figure { margin: 0; } figcaption { margin-top: .5rem; }
.picture svg { max-width: 100%; height: auto; }
#told { position: fixed; z-index: 1; max-width: 20rem; background: var(--ground); color: var(--ink); border: 1px solid var(--edge);
  border-radius: 4px; padding: .3rem .6rem; font-size: .85rem; pointer-events: none; overflow-wrap: anywhere; }
#told dl { display: grid; grid-template-columns: auto auto; gap: 0 .8rem; margin: 0; } #told dd { margin: 0; }
@media print {
  :root { color-scheme: light; --ground: #fff; --ink: #000; }
  body { max-width: none; margin: 0; } h2 { break-after: avoid; } figure { break-inside: avoid; } #told { display: none; }
}
`;
