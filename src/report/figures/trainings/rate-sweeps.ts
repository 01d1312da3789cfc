import { type ExpectedCorrelation, expectedPearson } from '../../../fidelity/calculator/expected-correlations.ts';
import { type LawOfTraining, lawOfTraining } from '../../../fidelity/calculator/law-of-training.ts';
import { type Correlation, pearson } from '../../../statistics/correlation.ts';
import { namesOf } from '../../sources/cell-name.ts';
import { isSound, type TrainedCell } from '../../sources/trained-source.ts';

/** Trainings that differ in the learning rate alone, and what the law says of them. */
export interface RateSweep {
  readonly name: string;
  /** At least one. */
  readonly measured: readonly Measured[];
  readonly items: number;
  readonly law: LawOfTraining | { readonly whyNot: string };
}

/** Pearson's correlation of popularity and norm in one training. */
export interface Measured {
  readonly cell: number;
  readonly training: number;
  /** Of the items. */
  readonly learningRate: number;
  readonly after: Correlation;
  /** Null where the norms start equal. */
  readonly before: Correlation | null;
}

/** The sweeps of a run; trainings in which popularity or norm does not vary are left out. */
export function rateSweeps(cells: readonly TrainedCell[]): RateSweep[] {
  const groups = [...Map.groupBy(cells, (cell) => JSON.stringify(othersOf(cell))).values()];
  // The first cell of a sweep stands for it.
  const first = groups.map(([cell]) => ({ index: cell.index, swept: othersOf(cell) }));
  const nameOf = namesOf(first);
  return groups.flatMap((group, at) => {
    const name = Object.keys(first[at].swept).length === 0 ? 'all trainings' : nameOf(first[at]);
    const measured = group.flatMap(measuredOf);
    if (measured.length === 0) return [];
    const [{ cell, training }] = measured;
    const { training: specification, trainings } = group.find(({ index }) => index === cell)!;
    const { popularity } = trainings[training].items;
    return [{ name, measured, items: popularity.length, law: lawOfTraining(specification, popularity) }];
  });
}

/** The correlation that the law expects at a rate. */
export function expectedAt(law: LawOfTraining, learningRate: number): ExpectedCorrelation | null {
  return expectedPearson(law.normsAt(learningRate));
}

/** What was swept beside the rate. */
function othersOf({ swept }: TrainedCell): TrainedCell['swept'] {
  const others = Object.entries(swept).filter(([path]) => !/^((item|user)\.)?learningRate$/.test(path));
  return Object.fromEntries(others);
}

function measuredOf({ index, training: { optimisers }, trainings }: TrainedCell): Measured[] {
  const { learningRate } = optimisers.item;
  return trainings.flatMap((training, number) => {
    const { popularity, initialNorm, finalNorm } = training.items;
    const after = pearson(popularity, finalNorm);
    // A rate of 0 has no place on a logarithmic axis.
    if (!isSound(training) || after === null || learningRate <= 0) return [];
    return [{ cell: index, training: number, learningRate, after, before: pearson(popularity, initialNorm) }];
  });
}
