import { z } from 'zod';
import { mostDimensions } from '../sweep/designs/direction-numbers.ts';
import { closedObject, expected, explainedChoiceField, integerField } from './fields.ts';

/** A sweep of more cells than this is refused before it is expanded. */
export const mostCells = 1_000_000;

const anyNumber = z.number({ error: expected('a finite number') });

const gridOrRange = expected('[from, to, number of values], or [from, to] in a design');

const range = (meaning: string) =>
  z
    .tuple([anyNumber, anyNumber, integerField(2, mostCells, 'the number of values').optional()], {
      error: gridOrRange,
    })
    .describe(meaning);

const value = z.union([z.number(), z.string(), z.boolean()], { error: expected('a number, a word, true or false') });

const axis = z
  .union(
    [
      z.array(value).min(1, { error: expected('at least one value') }),
      closedObject({ linear: range('Values in equal steps, both ends included; the range of a design.') }),
      closedObject({ log: range('Values in equal ratios, both ends included and positive; the range of a design.') }),
    ],
    { error: expected('a list of values, {linear: [from, to, n]} or {log: [from, to, n]}') },
  )
  .describe(
    'The values of one field, named by its dotted path: a list, {linear: [from, to, n]} or {log: [from, to, n]}; in a design ' +
      'a list, {linear: [from, to]} or {log: [from, to]}.',
  );

const conditionText = z.string({ error: expected('a condition such as popularity.lower < popularity.upper') });

/** How the values of several fields combine into cells. */
const combinations = {
  crossed: 'every combination; the first field varies slowest',
  zipped: 'the first values together, the second ones together, …: every field has equally many',
  'latin-hypercube': 'a design: each range is cut into as many strata as there are points, and each stratum holds one',
  sobol: `a design: a Sobol sequence with a random digital shift, for up to ${mostDimensions} fields`,
} as const;

/** Those that spread points over ranges. */
export type DesignName = Exclude<keyof typeof combinations, 'crossed' | 'zipped'>;

/** The seed of a design whose scenario names none. */
export const defaultDesignSeed = 1;

/** `sweep:`: dotted paths to the values they take, and how these combine into cells. */
export const sweepSchema = z
  .object(
    {
      combine: explainedChoiceField(combinations, 'how the values of several fields make cells').default('crossed'),
      points: integerField(
        1,
        mostCells,
        'how many cells a design has, and only a design; a power of two suits sobol',
      ).optional(),
      // Filled in where the design is made: a sweep without one says nothing of it, and keeps the name of its run folder.
      designSeed: integerField(
        0,
        Number.MAX_SAFE_INTEGER,
        `the seed of the points of a design, ${defaultDesignSeed} where there is none; that of the draws is another`,
      ).optional(),
      where: z
        .union([conditionText, z.array(conditionText)], { error: expected('a condition, or a list of them') })
        .default([])
        .describe('Conditions that a cell must meet, such as `popularity.lower < popularity.upper`.'),
    },
    { error: expected('a mapping from dotted paths to values') },
  )
  .catchall(axis)
  .prefault({})
  .describe('Fields that take several values; each combination is a cell.');

export type WrittenSweep = z.output<typeof sweepSchema>;
export type WrittenAxis = z.output<typeof axis>;
export type WrittenRange = Exclude<WrittenAxis, readonly unknown[]>;
