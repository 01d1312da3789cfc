import { z } from 'zod';
import type { RecordedTraining } from '../../fidelity/recorded-training.ts';
import type { StoredRun } from '../../results/read-run.ts';
import { summaryCells } from './summary-cells.ts';
import { type TrainedCell, type TrainedSource, trainedSource } from './trained-source.ts';
import { measuredSchema, trainedCellSchema } from './training-schema.ts';

/** A finished study of predictors, as figures are made of it. */
export type PredictorsSource = TrainedSource<RecordedTraining>;

/** @throws {ResultsError} where it is unfinished, of another version or form, or has very many cells */
export async function predictorsSource(run: StoredRun): Promise<PredictorsSource> {
  return trainedSource(summaryCells(run, recordedCell) as unknown as readonly TrainedCell<RecordedTraining>[]);
}

const bootstrapped = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

const predictor = z.looseObject({
  letter: z.enum(['a', 'b', 'c', 'd', 'e', 'f']),
  title: z.string(),
  needs: z.string(),
  normR2: bootstrapped,
  growthR2: bootstrapped,
  spearman: bootstrapped,
  growthError: bootstrapped,
  pearson: bootstrapped,
  // Runs of before predictions were kept have none.
  finalNorm: z.array(z.number().nullable()).default([]),
});

const group = { appearances: z.number(), meanGain: z.number() };

const gains = z.looseObject({
  appearances: z.number(),
  mean: z.number(),
  coefficientOfVariation: z.number(),
  lagOneAutocorrelation: z.number().nullable(),
  tailIndex: z.number().nullable(),
  multiplicityExponent: z.number().nullable(),
  popularityExponent: z.number().nullable(),
  byMultiplicity: z.array(z.looseObject({ multiplicity: z.number(), ...group })),
  byEpoch: z.array(z.looseObject(group)).min(1),
  shareBelowRoot: z.number(),
  shareFalling: z.number(),
});

/** What reports and texts need of a cell of recorded trainings. */
export const recordedCell = trainedCellSchema(
  z
    .looseObject({
      ...measuredSchema.shape,
      gains: gains.nullable(),
      law: z.array(z.number()),
      comparison: z.looseObject({ pearson: bootstrapped, predictors: z.array(predictor) }).nullable(),
    })
    .refine(
      ({ gains, law }) => gains === null || law.length === gains.byMultiplicity.length,
      'expected the law at each K of the gains',
    ),
);
