import { styleText } from 'node:util';

/** Colours text for one output stream: not at all where it is no terminal or NO_COLOR is set. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  lower(text: string): string;
  upper(text: string): string;
}

export function paintFor(stream: NodeJS.WritableStream): Paint {
  return paintWith((format, text) => styleText(format, text, { stream }));
}

/** The colours of each meaning, by whatever puts a colour on a text. */
export function paintWith(colour: (format: Parameters<typeof styleText>[0], text: string) => string): Paint {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) => colour(format, text);
  return {
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    lower: style('cyan'),
    upper: style('yellow'),
  };
}

/** No colour at all: for a page or a file. */
export const plain: Paint = paintWith((_format, text) => text);
