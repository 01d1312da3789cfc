import { styleText } from 'node:util';
import type { Paint } from '../report/paint.ts';
import { hasColour } from './colour.ts';

const style = (format: Parameters<typeof styleText>[0]) => (text: string) => {
  return hasColour() && text !== '' ? styleText(format, text, { validateStream: false }) : text;
};

/** The report's colours on the dashboard's screen; none where it may have none. */
export const screenPaint: Paint = {
  bold: style('bold'),
  dim: style('dim'),
  good: style('green'),
  bad: style('red'),
  lower: style('cyan'),
  upper: style('yellow'),
};
