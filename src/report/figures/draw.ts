import { parse as parseVega, resetSVGDefIds, type Spec, textMetrics, View } from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { markupText } from './markup-text.ts';

// Its declarations leave out what it exports.
declare module 'vega' {
  const textMetrics: { canvas(isMeasured: boolean): void };
}

/** What a picture is drawn on: paper is white; a page gives its own ground and ink, light or dark. */
export type Ground = 'paper' | 'page';

/** A Vega-Lite specification as the Vega specification that a page's script draws. */
export function compileFigure(figure: TopLevelSpec, ground: Ground): Spec {
  return compile(figure, { config: configOf(ground) }).spec;
}

/**
 * A Vega-Lite specification as an SVG, without a DOM. What is pointed at in it says what it is.
 *
 * Same specification, same bytes: text is never measured with the machine's fonts, and ids start anew.
 */
export async function drawSvg(figure: TopLevelSpec, ground: Ground): Promise<string> {
  textMetrics.canvas(false);
  resetSVGDefIds();
  const view = new View(parseVega(compileFigure(figure, ground)), { renderer: 'none' });
  try {
    return withTitles(labelled(await view.toSVG(), String(figure.description ?? '')));
  } finally {
    view.finalize();
  }
}

/** Vega leaves out of an SVG what the whole of it shows. */
function labelled(svg: string, description: string): string {
  return svg.replace('<svg ', () => `<svg role="graphics-document" aria-label="${markupText(description)}" `);
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
    axis: { labelColor: ink, titleColor: ink, tickColor: 'grey', domainColor: 'grey', titleFontWeight: 'normal' },
    legend: { labelColor: ink, titleColor: ink },
    title: { color: ink, subtitleColor: ink, anchor: 'start', fontSize: 14, subtitleFontSize: 11, subtitlePadding: 4 },
  };
}
