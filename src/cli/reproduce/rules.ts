import { formatEstimate, formatSignificant } from '../../report/format-number.ts';
import type { Row } from './row.ts';

/** What is compared, and who says so. */
export type Said = Pick<Row, 'claim' | 'source'>;

interface Estimated {
  readonly estimate: number;
  readonly standardError: number | null;
}

/** Standard errors that an estimate may be away: one in 16,000 is farther. */
const errors = 4;

/** A number that must round to what is printed: `1.490`, `.811`, `−.315`. */
export function printedDigits(said: Said, printed: string, value: number): Row {
  const decimals = decimalsOf(printed);
  // Half of the last digit, and the rounding of the printed number itself.
  const isEqual = Math.abs(value - numberOf(printed)) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
  return row(said, printed, fixed(value, decimals + 2), isEqual, 'equal to all printed digits');
}

/** An estimate that must be within four standard errors of what is printed, and of the half digit that printing hides. */
export function printedEstimate(said: Said, printed: string, { estimate, standardError }: Estimated): Row {
  const hidden = 0.5 * 10 ** -decimalsOf(printed);
  const isNear = Math.abs(estimate - numberOf(printed)) <= errors * (standardError ?? 0) + hidden;
  const how = `within ${errors} standard errors and half of the last printed digit`;
  return row(said, printed, estimateText(estimate, standardError), isNear, how);
}

/**
 * A number that must be within a margin of what is printed.
 *
 * @param unit '%' and the like; empty for none
 * @param why where the margin comes from
 */
export function printedWithin(said: Said, printed: string, value: number, margin: number, why: string, unit = ''): Row {
  const isNear = Math.abs(value - numberOf(printed)) <= margin;
  const ours = fixed(value, decimalsOf(printed) + 1);
  const [told, measured, allowed] = [printed, ours, formatSignificant(margin, 3)].map((text) => withUnit(text, unit));
  return row(said, told, measured, isNear, `within ${trimmed(allowed)}: ${why}`);
}

/** A statement, and whether it is true of what was measured. */
export function statement(said: Said, reference: string, ours: string, isTrue: boolean, how: string): Row {
  return row(said, reference, ours, isTrue, how);
}

/** A row that is known to differ where it does, with the reason. */
export function explained(compared: Row, because: string): Row {
  return compared.outcome === 'differs' ? { ...compared, outcome: 'explained', because } : compared;
}

/** What cannot be compared, and why. */
export function leftOut(said: Said, reference: string, why: string): Row {
  return { ...said, reference, ours: '–', outcome: 'left out', how: why, because: null };
}

/** `1.4903 ± 0.0012`. */
export function estimateText(estimate: number, standardError: number | null): string {
  const text = formatEstimate(estimate, standardError);
  return standardError === null || standardError === 0 ? text : `${text} ± ${formatSignificant(standardError, 2)}`;
}

/** A number to so many decimals, with a true minus. */
export function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

function row(said: Said, reference: string, ours: string, agrees: boolean, how: string): Row {
  return { ...said, reference, ours, outcome: agrees ? 'agrees' : 'differs', how, because: null };
}

function numberOf(printed: string): number {
  return Number(printed.replace('−', '-'));
}

function decimalsOf(printed: string): number {
  return printed.split('.')[1]?.length ?? 0;
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}

function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=$| )/, '$1').replace(/\.(?=$| )/, '');
}
