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
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) => styleText(format, text, { stream });
  return {
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    lower: style('cyan'),
    upper: style('yellow'),
  };
}
