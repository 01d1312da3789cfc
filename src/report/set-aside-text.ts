import { type Chunk, chunkAddress } from '../engine/plan.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { formatCount } from './format-number.ts';
import type { Paint } from './paint.ts';
import { shellQuoted } from './shell-quoted.ts';

const mostTold = 20;

/** The chunks that a run could not do: why, and the command that shows it. */
export function setAsideText(
  setAside: readonly { readonly chunk: Chunk; readonly why: string }[],
  folder: string,
  paint: Paint,
): string {
  const count = setAside.length;
  const told = setAside
    .slice(0, mostTold)
    .flatMap(({ chunk, why }) => [
      `  ${paint.bad('✗')} ${chunkAddress(chunk)}`,
      `      ${visibleText(why, 300)}`,
      `      norm-growth replay ${shellQuoted(folder)} --cell ${chunk.cell} --pair ${chunk.first}`,
    ]);
  const head = `${count === 1 ? '1 chunk is' : `${formatCount(count)} chunks are`} set aside`;
  const rest = count > mostTold ? [`  … and ${formatCount(count - mostTold)} more`] : [];
  return [paint.bold(head), ...told, ...rest].join('\n');
}
