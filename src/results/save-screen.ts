import { writeFileSync } from 'node:fs';
import { fileError } from './results-error.ts';

const mostScreens = 1000;

/**
 * Saves a screen as text and as SVG into the working directory, under the first number that is free: nothing is
 * overwritten, and no link is followed.
 *
 * @param title of the run, as in the name of a run folder
 * @returns a sentence that says where
 */
export function saveScreen(title: string, { text, svg }: { readonly text: string; readonly svg: string }): string {
  for (let number = 1; number <= mostScreens; number++) {
    const name = `${title}-screen-${number}`;
    try {
      writeFileSync(`${name}.svg`, svg, { flag: 'wx' });
      writeFileSync(`${name}.txt`, text, { flag: 'wx' });
      return `saved ${name}.svg and ${name}.txt here`;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      return `not saved: ${fileError(error, 'cannot write this file', `${name}.svg`).message}`;
    }
  }
  return `not saved: there are ${mostScreens} screens of ${title} here already`;
}
