import { readFileSync } from 'node:fs';
import { table } from './markdown.ts';

const reference = new URL('../../results/reference/comparison.json', import.meta.url);

interface Row {
  readonly claim: string;
  readonly ours: string;
  readonly how: string;
  readonly outcome: string;
}

/** The claims with their verdicts, as the committed reference has them. */
export function claimsTable(): string {
  const { sections } = JSON.parse(readFileSync(reference, 'utf8')) as { sections: { id: string; rows: Row[] }[] };
  const rows = sections.find(({ id }) => id === 'claims')!.rows;
  const lines = rows.flatMap(({ claim, ours, how, outcome }, at) => {
    const [, id, statement] = /^(A\d+): (.*)$/s.exec(claim) ?? [];
    if (id === undefined) return [];
    const verdict = `${outcome === 'agrees' ? '✓' : '✗'} ${ours.replace(' hold', '')}`;
    const twin = rows[at + 1].claim.replace(`${id}, wrong twin: `, '');
    return [[id, `${statement} *Where:* ${how}`, verdict, `${twin} (${rows[at + 1].ours})`]];
  });
  return `\n${table(['', 'claim', 'verdict', 'wrong twin'], lines)}\n`;
}
