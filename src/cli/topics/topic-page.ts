import wrapAnsi from 'wrap-ansi';
import type { Paint } from '../../report/paint.ts';
import { textWidth } from '../../report/text-width.ts';
import type { Block, Topic } from './topic.ts';

/** A term longer than this has its meaning below it. */
const widestTerm = 28;

/**
 * A topic's page.
 *
 * @param width columns that no line exceeds but those that would not work broken: commands, and lines of files
 */
export function topicPage({ name, summary, page, see }: Topic, width: number, paint: Paint): string {
  const blocks = page.map((block) => blockText(block, width, paint));
  const related = indented(`See also: ${see.map((other) => `norm-growth help ${other}`).join(', ')}.`, 0, width);
  return `${[wrapped(`${paint.bold(name)}: ${summary}`, width), ...blocks, related].join('\n\n')}\n`;
}

/** Words in a column, with what they mean beside or below them. */
export function termList(terms: readonly (readonly [string, string])[], width: number, paint: Paint): string {
  const most = Math.min(widestTerm, Math.floor(width / 3));
  const column = Math.max(...terms.map(([term]) => textWidth(term)).filter((length) => length <= most), 4);
  return terms
    .map(([term, meaning]) => {
      const text = indented(meaning, column + 4, width);
      const length = textWidth(term);
      if (length > column) return `  ${paint.bold(term)}\n${text}`;
      return `  ${paint.bold(term)}${text.slice(length + 2)}`;
    })
    .join('\n');
}

function blockText(block: Block, width: number, paint: Paint): string {
  if (typeof block === 'string') return wrapped(block, width);
  if ('terms' in block) return termList(block.terms, width, paint);
  if ('lines' in block) return block.lines.trim().replace(/^(?=.)/gm, '  ');
  const examples = block.examples.map(([command, does]) => `  ${paint.bold(command)}\n${indented(does, 6, width)}`);
  return `Examples:\n${examples.join('\n')}`;
}

function indented(text: string, columns: number, width: number): string {
  return wrapped(text, width - columns).replace(/^/gm, ' '.repeat(columns));
}

function wrapped(text: string, width: number): string {
  return wrapAnsi(text, Math.max(width, 10), { hard: true });
}
