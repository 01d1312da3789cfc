import type { AxisValue } from '../../scenarios/sweep/axis.ts';
import { visibleText } from '../../scenarios/visible-text.ts';
import { formatParameter } from '../format-number.ts';

/** What a cell is called in a figure: what was swept to make it; of a run with one cell just that. */
export function cellName(swept: Readonly<Record<string, AxisValue>>): string {
  const values = Object.entries(swept).map(([path, value]) => `${visibleText(path)} = ${axisText(value)}`);
  return values.length === 0 ? 'the only cell' : values.join(', ');
}

/** A swept value, safe to show. */
export function axisText(value: AxisValue): string {
  return typeof value === 'number' ? formatParameter(value) : visibleText(String(value));
}
