import { formatSignificant } from '../../../report/format-number.ts';
import type { GapMeasurement } from '../../../theorems/gap.ts';
import type { Row } from '../row.ts';
import { estimateText, explained, printedEstimate, printedWithin, statement } from '../rules.ts';

/** The figures that the theory prints of a gap, beside ours, by the name of the gap. */
export const gapFigures: Readonly<Record<string, (of: readonly GapMeasurement[]) => Row[]>> = {
  G1: (of) => [of[0], of[2]].map(flippedRow),
  G9: ([share, cosine, ofSmaller]) => [ofOneStart('14', share), ofOneStart('57', ofSmaller), ofOneStart('.55', cosine)],
  G10: (of) => [
    ...['.1', '3.7', '10', '22'].map((printed, rate) => singleRow(printed, of[3 * rate])),
    ...[0, 1, 2, 3].map((rate) => doubleRow(of[3 * rate + 2])),
  ],
};

/** A measurement as it is told: `47.49 ± 0.35 %`. */
export function measuredText({ value, standardError, unit }: GapMeasurement): string {
  const exact = Number.isInteger(value) ? String(value) : formatSignificant(value);
  const text = standardError === null ? exact : estimateText(value, standardError);
  return unit === '' ? text : `${text} ${unit}`;
}

function flippedRow(measured: GapMeasurement): Row {
  const said = { claim: measured.what, source: 'theory, G1' };
  const isInside = measured.value >= 30 && measured.value <= 88;
  return statement(said, '30–88 %', measuredText(measured), isInside, 'within the range');
}

/** Ours is a mean over so many starts. */
const starts = 200;

function ofOneStart(printed: string, { what, value, standardError, unit }: GapMeasurement): Row {
  const margin = 2 * standardError! * Math.sqrt(starts);
  const why = 'twice the spread of single starts; the printed figure is of one, 1 and 4 of its 7 users';
  return printedWithin({ claim: what, source: 'theory, G9' }, printed, value, margin, why, unit);
}

/** Percentage points that shares in single precision may differ by, for what the printed ones are of is not said. */
const spreadOfShares = 12;

function singleRow(printed: string, { what, value, standardError }: GapMeasurement): Row {
  const claim = `${what}, in %`;
  const compared = printedEstimate({ claim, source: 'theory, G10' }, printed, { estimate: value, standardError });
  const because = `how many trainings the printed share is of, and how it summed a norm in float32, is not said; the order of size agrees, and that the share rises as the rate falls`;
  return explained(compared, because, Math.abs(value - Number(printed)) < spreadOfShares);
}

function doubleRow(measured: GapMeasurement): Row {
  const said = { claim: measured.what, source: 'theory, G10' };
  const never = statement(said, 'never', measuredText(measured), measured.value === 0, 'no move of any training');
  const because = 'at so small a rate ‖Δq‖² may be less than an ulp of s: then the rounding of q + Δq decides';
  return explained(never, because, measured.value < 0.1);
}
