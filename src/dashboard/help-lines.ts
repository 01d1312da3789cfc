import type { Panel } from './panels/panel.ts';

/** The help: what every key does. */
export function helpLines(panels: readonly Panel[]): readonly string[] {
  const own = panels.filter(({ keys }) => keys.length > 0);
  return [
    'Panes',
    ...panels.map(({ title }, index) => line(String(index + 1), title)),
    line('Tab, Shift+Tab', 'next and previous pane'),
    line('Enter', 'let the pane fill the screen'),
    line('Esc', 'back: the replay, the filter, the full screen, the chosen cell'),
    '',
    'Moving',
    line('arrows, j k l', 'scroll, or go to the next and previous cell; on the map of a sweep move the cursor'),
    line('PgUp, PgDn', 'ten lines'),
    line('/', 'show only the cells whose names hold a text; Enter keeps it, Esc drops it'),
    line('f', 'follow the cell that grew last, or stay at this one'),
    line('0', 'reset the view'),
    '',
    'In a pane',
    ...own.flatMap(({ title, keys }) => keys.map(([key, what]) => line(key, `${title}: ${what}`))),
    '',
    'The run',
    line('u', 'pause the view: the run goes on'),
    line('p', 'pause the run: chunks under way are finished, no new one starts'),
    line('c', 'copy the line that replays the pair in sight (OSC 52: the terminal must allow it)'),
    line('s', 'save this screen as text and as SVG into the working directory'),
    line('q, Ctrl+C', 'quit: what is done is kept, and the same command goes on from there; twice stops at once'),
    '',
    'While nobody presses a key the dashboard closes by itself when the run ends, and the',
    'summary is printed; once a key has been pressed it stays until q.',
  ];
}

function line(key: string, what: string): string {
  return `  ${key.padEnd(16)}${what}`;
}
