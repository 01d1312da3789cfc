import type { Key } from 'ink';

/** A key by one name: a character as it is, or 'up', 'page-down', 'enter', 'ctrl-c' and so on. */
export type KeyName = string;

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

/** The keys of one report of Ink: a paste, or keys pressed while the program was busy, come as one text. */
export function keyNames(input: string, key: Key): KeyName[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  for (const [flag, name] of named) if (key[flag]) return [name];
  if (key.ctrl) return [`ctrl-${input}`];
  return [...input].flatMap((character) => {
    if (character === '\r' || character === '\n') return ['enter'];
    if (character === '\t') return ['tab'];
    // Nothing that acts on a terminal may be typed into a filter.
    return /\p{C}/u.test(character) ? [] : [character];
  });
}
