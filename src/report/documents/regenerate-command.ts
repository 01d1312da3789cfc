import { shellQuoted } from '../shell-quoted.ts';

/** The command that makes a figure again, in a file of its own. */
export function regenerateCommand(path: string, figure: string): string {
  const word = /^[\w./=+:-]+$/.test(path) ? path : shellQuoted(path);
  return `norm-growth report ${word} --figure ${figure} --output ${figure}.html`;
}
