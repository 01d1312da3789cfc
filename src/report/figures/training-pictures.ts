import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { pictureSection } from '../page/figure-section.ts';
import { pageText } from '../page/page.ts';
import { displacementFigure } from './displacement.ts';
import { drawSvg } from './draw.ts';
import { markupText } from './markup-text.ts';
import type { Names } from './moved-rows.ts';

/** A file of pictures, by its name. */
export interface PictureFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The pictures of a training in the plane: an SVG of each recorded epoch, `<name>-epoch-1.svg`, and a page of them all,
 * `<name>.html`. None where d is not 2. Loads Vega, which takes a third of a second.
 *
 * @param title of the page
 */
export async function trainingPictures(
  name: string,
  title: string,
  { records }: TrainingSummary,
  names: Names,
): Promise<PictureFile[]> {
  const figures = records.flatMap((record) => displacementFigure(record, names) ?? []);
  if (figures.length === 0) return [];
  const files: PictureFile[] = [];
  const sections: string[] = [];
  for (const figure of figures) {
    files.push({ name: `${name}-${figure.id}.svg`, text: `${await drawSvg(figure, 'paper')}\n` });
    sections.push(await pictureSection({ place: figure.id, figure }, { level: 2 }));
  }
  const body = `<p>${markupText(about)}</p>\n${sections.join('\n')}`;
  const placed = figures.map((figure) => ({ place: figure.id, figure }));
  return [...files, { name: `${name}.html`, text: await pageText({ title, body, figures: placed }) }];
}

const about =
  'The last step of each recorded epoch: every user and item before the step (hollow) and after it (filled), an arrow ' +
  'or a white triangle that points the way it went, and circles of radius 1, 1.5 and 2. A step at a right angle to an ' +
  'embedding makes it longer. Point at a row to see its id and its numbers.';
