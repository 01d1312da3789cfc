import type { Row, Value } from './rows.ts';

/** A GitHub-flavoured Markdown table. Text is escaped so that it can neither end its cell nor bring markup. */
export function markdownTable(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const names = Object.keys(rows[0]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(names.map(escaped)),
    line(names.map((name) => (typeof rows[0][name] === 'number' ? '---:' : '---'))),
    ...rows.map((row) => line(names.map((name) => escaped(row[name])))),
    '',
  ].join('\n');
}

function escaped(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return value.replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
