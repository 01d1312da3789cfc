import { formatEstimate, formatParameter, formatSignificant } from '../../report/format-number.ts';
import type { Row } from './row.ts';

/** What is compared, and who says so. */
export type Said = Pick<Row, 'claim' | 'source'>;

interface Estimated {
  readonly estimate: number;
  readonly standardError: number | null;
  /** What is known of the standard error of what is printed. */
  readonly ofReference?: number;
}

/** Standard errors that an estimate may be away: one in 16,000 is farther. */
const errors = 4;

/** Decimals beyond which a double has nothing to tell. */
const mostDecimals = 17;

/** What stands where there is no number. */
const nothing = '–';

/** A number that must round to what is printed: `1.490`, `.811`, `−.315`. */
export function printedDigits(said: Said, printed: string, value: number): Row {
  const decimals = decimalsOf(printed);
  // Half of the last digit, and the rounding of the printed number itself.
  const isEqual = Math.abs(value - numberOf(printed)) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
  return row(said, printed, fixed(value, decimals + 2), isEqual, 'equal to all printed digits');
}

/** An estimate that must be within four standard errors of what is printed, and of the half digit that printing hides. */
export function printedEstimate(said: Said, printed: string, estimated: Estimated): Row {
  const { estimate, standardError, ofReference = 0 } = estimated;
  const hidden = 0.5 * 10 ** -decimalsOf(printed);
  const allowed = errors * Math.hypot(standardError ?? 0, ofReference) + hidden;
  const isNear = Math.abs(estimate - numberOf(printed)) <= allowed;
  const whose = ofReference === 0 ? '' : ' of the difference';
  const how = `within ${errors} standard errors${whose} and half of the last printed digit`;
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
  // A digit more than is printed, and as many as the margin needs to be seen; counts have none.
  const decimals = Math.min(Math.max(decimalsOf(printed), decimalsOfMargin(margin)) + 1, mostDecimals);
  const ours = fixed(value, Number.isInteger(value) ? decimalsOf(printed) : decimals);
  const allowed = withUnit(formatParameter(Number(margin.toPrecision(3))), unit === '%' ? 'percentage points' : unit);
  return row(said, withUnit(printed, unit), withUnit(ours, unit), isNear, `within ${allowed}: ${why}`);
}

/** A statement, and whether it is true of what was measured. */
export function statement(said: Said, reference: string, ours: string, isTrue: boolean, how: string): Row {
  return row(said, reference, ours, isTrue, how);
}

/** A statement of what is printed nowhere: it agrees with nothing, but where it is false it differs. */
export function oursAlone(said: Said, ours: string, isTrue: boolean, how: string): Row {
  const stated = statement(said, nothing, ours, isTrue, how);
  return isTrue ? { ...stated, outcome: 'ours alone' } : stated;
}

/**
 * A row that may differ for a known reason, within bounds.
 *
 * @param isWithin whether the reason can account for what was measured: where it cannot, the row differs
 */
export function explained(compared: Row, because: string, isWithin: boolean): Row {
  return compared.outcome === 'differs' && isWithin ? { ...compared, outcome: 'explained', because } : compared;
}

/** What cannot be compared, and why. */
export function leftOut(said: Said, reference: string, why: string): Row {
  return { ...said, reference, ours: nothing, outcome: 'left out', how: why, because: null };
}

/** `1.4903 ± 0.0012`. */
export function estimateText(estimate: number, standardError: number | null): string {
  const text = formatEstimate(estimate, standardError);
  return standardError === null || standardError === 0 ? text : `${text} ± ${formatSignificant(standardError, 2)}`;
}

/** A number to so many decimals, with a true minus; nothing has a sign that is 0 to these. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
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

/** A margin of 0 is seen in the printed digits. */
function decimalsOfMargin(margin: number): number {
  return margin > 0 ? Math.ceil(-Math.log10(margin)) : 0;
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}
