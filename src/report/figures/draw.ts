import { parse as parseVega, resetSVGDefIds, type Spec, textMetrics, View } from 'vega';
import { type Config, compile } from 'vega-lite';
import type { Figure } from './figure.ts';
import { markupText } from './markup-text.ts';

// Its declarations leave out what it exports.
declare module 'vega' {
  const textMetrics: { canvas(isMeasured: boolean): void };
}

/** What a picture is drawn on: paper is white; a page gives its own ground and ink, light or dark. */
export type Ground = 'paper' | 'page';

/** A figure as the Vega specification that a page's script draws; its rows are given apart. */
export function compileFigure({ spec }: Figure, ground: Ground): Spec {
  return compile(withInertTitles(spec), { config: configOf(ground) }).spec;
}

/**
 * Vega-Lite makes expressions of titles, for tooltips and labels, in which it escapes quotes and no backslashes: what follows
 * one could be code. A sign that looks like it stands in its place.
 */
function withInertTitles(spec: Figure['spec']): Figure['spec'] {
  return JSON.parse(JSON.stringify(spec), (name, value) => {
    return name === 'title' && typeof value === 'string' ? value.replaceAll('\\', '∖') : value;
  });
}

/**
 * A figure as an SVG, without a DOM. What is pointed at in it says what it is. On paper it has its title.
 *
 * Same figure, same bytes: text is never measured with the machine's fonts, and ids start anew.
 */
export async function drawSvg(figure: Figure, ground: Ground): Promise<string> {
  textMetrics.canvas(false);
  resetSVGDefIds();
  const titled = { ...figure, spec: { title: paperTitle(figure), ...figure.spec } };
  const vega = compileFigure(ground === 'paper' ? titled : figure, ground);
  const view = new View(parseVega(vega), { renderer: 'none' }).data(
    'rows',
    figure.rows.map((row) => ({ ...row })),
  );
  try {
    return withTitles(labelled(await view.toSVG(), `${figure.title}. ${figure.caption}`));
  } finally {
    view.finalize();
  }
}

/** The title, and what is drawn of all that a reader could choose: paper has no lists to choose from. */
function paperTitle({ title, choice, slice }: Figure) {
  const chosen = [choice, slice].flatMap((one) => one?.options[0] ?? []);
  return chosen.length === 0 ? title : { text: title, subtitle: chosen };
}

/** Vega leaves out of an SVG what the whole of it shows. */
function labelled(svg: string, description: string): string {
  return svg.replace('<svg ', () => `<svg role="img" aria-label="${markupText(description)}" `);
}

/** The labels of marks as titles, which browsers show where they are pointed at. */
function withTitles(svg: string): string {
  return svg.replace(
    /<path aria-label="([^"]*)"([^>]*?)(?:\/>|><\/path>)/g,
    '<path aria-label="$1"$2><title>$1</title></path>',
  );
}

function configOf(ground: Ground): Config {
  const ink = ground === 'paper' ? '#1a1a1a' : 'currentColor';
  return {
    background: ground === 'paper' ? 'white' : 'transparent',
    font: 'sans-serif',
    view: { stroke: 'grey', strokeOpacity: 0.5 },
    axis: {
      labelColor: ink,
      titleColor: ink,
      tickColor: 'grey',
      domainColor: 'grey',
      gridColor: 'grey',
      gridOpacity: 0.25,
      titleFontWeight: 'normal',
      labelOverlap: true,
      tickCount: 8,
    },
    legend: { labelColor: ink, titleColor: ink, symbolOpacity: 1 },
    text: { color: ink },
    title: { color: ink, subtitleColor: ink, anchor: 'start', fontSize: 14, subtitleFontSize: 11, subtitlePadding: 4 },
  };
}
