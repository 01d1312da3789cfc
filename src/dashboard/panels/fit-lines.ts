import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { textTable } from '../../report/text-table.ts';

/** Lines that belong together, and how soon they are wanted: the least rank first. */
export interface Section {
  readonly rank: number;
  readonly lines: readonly string[];
}

/** As many of the sections as fit into a height, the most wanted first, in the order in which they stand. */
export function fitSections(sections: readonly Section[], height: number): string[] {
  const kept = new Map<Section, readonly string[]>();
  let left = height;
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    const lines = section.lines.slice(0, Math.max(0, left));
    kept.set(section, lines);
    left -= lines.length;
  }
  return sections.flatMap((section) => kept.get(section) ?? []);
}

/** A table no wider than a width: columns go from the right, but the first two stay. */
export function fitTable(rows: readonly (readonly string[])[], width: number): string[] {
  for (let columns = Math.max(2, ...rows.map(({ length }) => length)); ; columns--) {
    const indented = textTable(rows.map((row) => row.slice(0, columns))).split('\n');
    const lines = indented.map((line) => line.slice(2));
    if (columns <= 2 || lines.every((line) => stringWidth(line) <= width)) return lines;
  }
}

/** Running text broken at a width. */
export function wrapped(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(1, width), { hard: true }).split('\n');
}
