import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { displacementFigure } from './displacement.ts';
import { compileFigure, drawSvg } from './draw.ts';
import type { Names } from './moved-rows.ts';
import { type PagePicture, picturePage } from './picture-page.ts';
import { stepCaption, stepTitle } from './step-words.ts';

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
  const files: PictureFile[] = [];
  const pictures: PagePicture[] = [];
  for (const record of records) {
    const figure = displacementFigure(record, names);
    if (figure === null) continue;
    files.push({ name: `${name}-epoch-${record.epoch}.svg`, text: `${await drawSvg(figure, 'paper')}\n` });
    pictures.push({
      heading: stepTitle(record),
      caption: stepCaption(record),
      svg: await drawSvg(figure, 'page'),
      vega: compileFigure(figure, 'page'),
    });
  }
  if (pictures.length > 0) files.push({ name: `${name}.html`, text: await picturePage(title, about, pictures) });
  return files;
}

const about =
  'The last step of each recorded epoch: every user and item before the step (hollow) and after it (filled), an arrow ' +
  'or a white triangle that points the way it went, and circles of radius 1, 1.5 and 2. A step at a right angle to an ' +
  'embedding makes it longer. Point at a row to see its id and its numbers.';
