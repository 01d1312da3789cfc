import { batches } from './batches.ts';
import type { Table, Value } from './table.ts';

/** A GitHub-flavoured Markdown table. Text is escaped so that it can neither end its cell nor bring markup. */
export async function* markdownText({ columns, rows }: Table): AsyncGenerator<string> {
  if (columns.length === 0) return;
  const rule = columns.map(({ type }) => (type === 'number' ? '---:' : '---'));
  yield line(columns.map(({ name }) => escaped(name))) + line(rule);
  for await (const batch of batches(rows())) yield batch.map((row) => line(row.map(escaped))).join('');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function escaped(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return value.replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
