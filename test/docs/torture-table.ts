import { readFileSync } from 'node:fs';
import { figuresText, type Torture } from '../torture/endured.ts';
import { table } from './markdown.ts';

const figures = new URL('../../results/torture.json', import.meta.url);

/** What the program was put through the last time that somebody ran all of it, and what it came to. */
export function tortureTable(): string {
  const { machine, node, rows } = JSON.parse(readFileSync(figures, 'utf8')) as Torture;
  const lines = rows.map((row) => {
    const came = 'missing' in row ? `not tried: ${row.missing}` : figuresText(row.figures);
    return [row.ordeal, row.promise, came, 'missing' in row ? '' : `${row.seconds} s`];
  });
  const head = `On ${machine}, Node ${node}:`;
  return `\n${head}\n\n${table(['ordeal', 'promise', 'figures', 'took'], lines)}\n`;
}
