import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/** Pixels of the picture for one of the figure: sharp on a screen of high density, and in print. */
const scale = 2;

/** An SVG as a PNG, with a font of its own: the same pixels on every machine. */
export function pngOf(svg: string): Uint8Array {
  const font = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: [font, font.replace('.ttf', '-Bold.ttf')],
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng();
}
