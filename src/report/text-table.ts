import { textWidth } from './text-width.ts';

/** Lays rows out in columns, the first aligned left and the others right, indented by two. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => {
      widest[column] = Math.max(widest[column] ?? 0, textWidth(cell));
    });
    return widest;
  }, []);
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const padding = ' '.repeat(widths[column] - textWidth(cell));
        return column === 0 ? cell + padding : padding + cell;
      });
      return `  ${cells.join('  ')}`.trimEnd();
    })
    .join('\n');
}
