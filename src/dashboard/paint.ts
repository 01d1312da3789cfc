import { styleText } from 'node:util';
import { type Paint, paintWith } from '../report/paint.ts';
import { hasColour } from './colour.ts';

/** The report's colours on the dashboard's screen; none where it may have none. */
export const screenPaint: Paint = paintWith((format, text) => {
  return hasColour() && text !== '' ? styleText(format, text, { validateStream: false }) : text;
});
