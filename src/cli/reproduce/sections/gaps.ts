import type { GapMeasurement } from '../../../theorems/gap.ts';
import { gaps as allGaps } from '../../../theorems/gaps/index.ts';
import type { Row } from '../row.ts';
import { statement } from '../rules.ts';
import type { Section } from '../section.ts';
import { gapFigures, measuredText } from './gap-figures.ts';

/** Where the article's argument is silent or wrong. */
export const gaps: Section = {
  id: 'gaps',
  title: 'The gaps',
  about: `${allGaps.length} places where the article’s argument is silent or wrong: what it says, what is the case instead, and the numbers that show it, beside those of the theory where it has any.`,
  async reproduce(equipment) {
    const rows: Row[] = [];
    const measured: Record<string, string>[] = [];
    for (const { id, article, instead, measure } of allGaps) {
      const measurements = await measure(equipment.setting(id));
      const said = { claim: `${id}: ${instead}`, source: 'theory, section 4' };
      const { shown, isTrue, how } = shownOf(id, measurements);
      rows.push(
        statement(said, `the article: ${article}`, shown.map(named).join('; '), isTrue, how),
        ...(gapFigures[id]?.(measurements) ?? []),
      );
      for (const measurement of measurements)
        measured.push({ gap: id, what: measurement.what, measured: measuredText(measurement) });
    }
    return { rows, tables: [{ name: 'measurements', title: 'All measurements of the gaps', rows: measured }] };
  },
};

/** Which of its measurements show a gap, and whether they do. */
interface Shown {
  readonly shown: readonly GapMeasurement[];
  readonly isTrue: boolean;
  readonly how: string;
}

function shownOf(id: string, measurements: readonly GapMeasurement[]): Shown {
  if (Object.hasOwn(shownBy, id)) return shownBy[id](measurements);
  throw new RangeError(`reproduce: nothing says which measurements show ${id}; add it to shownBy`);
}

/** Standard errors from which on a difference is one. */
const errors = 4;

/** For each gap, by its name. */
export const shownBy: Readonly<Record<string, (of: readonly GapMeasurement[]) => Shown>> = {
  G1: (of) => ({
    shown: of,
    isTrue: [0, 2].every((share) => isAbove(of[share], 1)) && [1, 3].every((mean) => isAbove(of[mean], 0)),
    how: 'more than 1 % of the pairs flip, and the means keep the order, each beyond 4 standard errors',
  }),
  G2: (of) => ({ shown: of, isTrue: of[0].value > 0 && of[1].value < 0, how: 'kept at a rise of 4, reversed at 4.1' }),
  G3: (of) => ({
    shown: of,
    isTrue: of[1].value - of[0].value > errors * Math.hypot(of[0].standardError!, of[1].standardError!),
    how: 'shared and own gains are more than 4 standard errors apart',
  }),
  G4: (of) => ({
    shown: of,
    isTrue: isIncreasing(of) && of[0].value > 1,
    how: 'above 1, and not the same for all items',
  }),
  G5: (of) => ({
    shown: of,
    isTrue: !isAbove(of[0], 0) && isAbove(of[2], 0),
    how: 'within 4 standard errors of 0 at c = 0.001, beyond them at c = 10',
  }),
  G6: (of) => ({
    shown: of,
    isTrue: [0, 2, 4].every((slots) => of[slots + 1].value < of[slots].value),
    how: 'shuffled epochs have the smaller variance',
  }),
  G7: (of) => ({
    shown: of,
    isTrue: of[0].value < 100 && of[1].value === 100,
    how: 'N = T only under the full softmax',
  }),
  G8: (of) => ({
    shown: of,
    isTrue: of[0].value > 1 && of[0].value < of[1].value && of[2].value < 1,
    how: 'the ratio is above 1 and below its limit, and a tie is not certain',
  }),
  G9: (of) => ({
    shown: of,
    isTrue: isIncreasing([of[0], of[2], of[4]]) && of[5].value > 0.1,
    how: 'the smaller the rate, the more count as orthogonal, at the same angle',
  }),
  G10: (of) => ({
    shown: [0, 3, 6, 9].map((single) => of[single]),
    isTrue: isIncreasing([0, 3, 6, 9].map((single) => of[single])),
    how: 'the smaller the rate, the more often the norm falls in float32',
  }),
  G11: (of) => ({
    shown: of,
    isTrue: [4, 100].every((factor, index) => Math.abs(of[index].value / factor - 1) < 0.02),
    how: 'within 2 % of 1/(1 − β)², a law of long trainings',
  }),
};

function named(measurement: GapMeasurement): string {
  return `${measurement.what}: ${measuredText(measurement)}`;
}

function isAbove({ value, standardError }: GapMeasurement, bound: number): boolean {
  return value - bound > errors * (standardError ?? 0);
}

function isIncreasing(of: readonly GapMeasurement[]): boolean {
  return of.every(({ value }, index) => index === 0 || value > of[index - 1].value);
}
