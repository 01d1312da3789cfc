import type { AxisValue } from '../scenarios/sweep/axis.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { formatCount, formatParameter } from './format-number.ts';
import type { Paint } from './paint.ts';
import { shellQuoted } from './shell-quoted.ts';

/** A cell that could not be simulated. */
export interface FailedCell {
  readonly cell: number;
  readonly replicate: number;
  readonly message: string;
  readonly swept: Readonly<Record<string, AxisValue>>;
}

const mostTold = 20;

/**
 * The cells of a run that failed: why, and the command that shows it.
 *
 * @param cells how many the run has in all
 */
export function failuresText(failures: readonly FailedCell[], cells: number, folder: string, paint: Paint): string {
  const told = failures
    .slice(0, mostTold)
    .flatMap(({ cell, replicate, message, swept }) => [
      `  ${paint.bad('✗')} ${placeText(cell, swept)}`,
      `      ${visibleText(message, 300)}`,
      `      norm-growth replay ${shellQuoted(folder)} --cell ${cell} --pair ${replicate}`,
    ]);
  const head = `${formatCount(failures.length)} of ${formatCount(cells)} ${cells === 1 ? 'cell' : 'cells'} failed`;
  const more = failures.length - mostTold;
  const rest = more > 0 ? [`  … and ${formatCount(more)} more: summary.json names them all`] : [];
  return [paint.bold(head), ...told, ...rest].join('\n');
}

function placeText(cell: number, swept: FailedCell['swept']): string {
  const values = Object.entries(swept).map(([path, value]) => `${visibleText(path)} = ${valueText(value)}`);
  return [`cell ${cell}`, ...values].join(', ');
}

function valueText(value: AxisValue): string {
  return typeof value === 'number' ? formatParameter(value) : visibleText(String(value));
}
