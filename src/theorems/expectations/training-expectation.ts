import { type Correlation, pearson } from '../../statistics/correlation.ts';
import type { SideRecord } from '../../trainer/side-record.ts';
import type { Trainings } from '../../trainer/training-cell.ts';
import type { TrainingSummary } from '../../trainer/training-summary.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';
import type { Finding } from '../finding.ts';
import type { Bounds } from './expectation.ts';
import { boundsText } from './quantity-expectation.ts';

/** What a scenario expects of each of its trainings. */
export type TrainingExpectation =
  /** Whether the rows of a side that move in a recorded step move at a right angle, up to rounding. */
  | { readonly quantity: 'user.tangent' | 'item.tangent'; readonly is: boolean }
  /** Whether popularity and final norm of the items correlate, positively and with p < 0.001. */
  | { readonly quantity: 'item.popularityBias'; readonly is: boolean }
  /** Pearson's correlation of popularity and final norm, the steps done, the mean cosine at the last recorded step. */
  | { readonly quantity: 'item.pearson' | 'steps' | 'meanCosine'; readonly is: Bounds };

/** Where a correlation counts as one. The article takes 0.05; at that level one honest start in twenty has a bias. */
export const biasSignificance = 0.001;

/** Fewer rows than this, as a share, are tangent in a step that is not. */
const notTangent = 0.5;

/** Decides a cell's expectations: each must hold in each of its trainings, and at each recorded step. */
export function judgeTrainings(expectations: readonly TrainingExpectation[], trainings: Trainings): Finding[] {
  return expectations.map((expectation) => {
    return exactFinding(
      { what: trainingExpectationText(expectation), bound: 0, unit: 'trainings' },
      trainings.flatMap((training, number) => casesOf(expectation, training, number)),
    );
  });
}

function casesOf(expectation: TrainingExpectation, training: TrainingSummary, number: number): ComparedCase[] {
  const at = `training ${number}`;
  switch (expectation.quantity) {
    case 'user.tangent':
    case 'item.tangent': {
      const side = expectation.quantity === 'user.tangent' ? 'user' : 'item';
      return training.records.map((record) => {
        return tangentCase(record[side], expectation.is, `${at}, step ${record.step}`);
      });
    }
    case 'item.popularityBias': {
      const found = popularityBias(training);
      const isBiased = found !== null && found.coefficient > 0 && found.pValue < biasSignificance;
      return [trueCase(isBiased === expectation.is, () => `${at}: ${correlationText(found)}`)];
    }
    case 'item.pearson':
      return [boundedCase(popularityBias(training)?.coefficient ?? Number.NaN, expectation.is, at)];
    case 'steps':
      return [boundedCase(training.steps, expectation.is, at)];
    case 'meanCosine':
      return [boundedCase(training.records.at(-1)?.meanCosine ?? Number.NaN, expectation.is, at)];
  }
}

/** Pearson's correlation of the items' popularity and final norm. */
function popularityBias({ items }: TrainingSummary): Correlation | null {
  return pearson(items.popularity, items.finalNorm);
}

function tangentCase({ tangentShare, cosine }: SideRecord, isTangent: boolean, at: string): ComparedCase {
  const holds = isTangent ? tangentShare === 1 : tangentShare < notTangent;
  return trueCase(holds, () => `${at}: a share ${tangentShare} of the rows that moved, largest |cos| ${cosine?.max}`);
}

function boundedCase(value: number, { atLeast, atMost }: Bounds, at: string): ComparedCase {
  const holds = value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  return trueCase(holds, () => `${at}: ${value}`);
}

/** The expectation as a scenario writes it: `item.tangent yes`. */
export function trainingExpectationText({ quantity, is }: TrainingExpectation): string {
  const expected = typeof is === 'boolean' ? (is ? 'yes' : 'no') : boundsText(is);
  return `${quantity} ${expected}`;
}

function correlationText(found: Correlation | null): string {
  return found === null ? 'nothing varies' : `Pearson ${found.coefficient}, p = ${found.pValue}`;
}
